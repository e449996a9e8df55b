import { en, newcomer, say, zh, type Dialogue } from './dialogue';

/** What waits in the inbox when a server is connected: one conversation of every kind. */
export const BURST: readonly Dialogue[] = [
  zh(
    [say('老板在吗？想订{周五|周六}下午茶，大概十个人')],
    '人均{40|50|60}左右就行',
    '好，那就按这个来，我先付定金？',
  ),
  en(
    [say('Hi there! Are you open on {Sunday|Saturday}? We are five people'), say('One of us is vegan')],
    'Sounds great, see you at {ten|eleven}',
  ),
  zh([{ type: 'image' }, say('昨天在你们店拍的，发朋友圈好多人问')], '哈哈地址已经给他们了'),
  zh([{ type: 'voice', seconds: 5 }], '对，就是语音里说的那样', '好的，等你消息'),
  zh(
    [{ type: 'video', seconds: 3 }, say('收到的时候盒子就这样了，帮忙看下')],
    '里面没坏，就是盒子压了一下',
    '没事的，谢谢关心',
  ),
  zh(
    [
      { type: 'location', latitude: 30.2741, longitude: 120.1551, label: '杭州市拱墅区武林广场', scale: 16 },
      say('这个位置能送吗？'),
    ],
    '那我{自己来取|下单了哈}',
  ),
  zh(
    [
      {
        type: 'link',
        title: '杭州值得专程去的 12 家小店',
        description: '第七家藏在文三路的巷子里',
        url: 'https://mp.weixin.qq.com/s/hangzhou-small-shops',
      },
      say('你们上榜啦'),
    ],
    '看完更想去了',
  ),
  zh(
    [
      { type: 'miniprogrampage', title: '春茶预售 · 明前龙井', pagePath: 'pages/goods/detail?id=1024' },
      say('这个还能拼单吗'),
    ],
    '那我等下一期',
  ),
  zh([{ type: 'click', key: 'TODAY' }], '今天的{桂花乌龙|栗子蛋糕}给我留一份'),
  newcomer(zh([say('刚扫码关注，第一杯有优惠吗？')], '好的，明天过来'), 'store_counter'),
  zh([say('要搬去外地了，以后来不了啦，祝生意兴隆'), { type: 'unsubscribe' }]),
  zh([{ type: 'file', name: '下午茶需求.pdf' }, say('需求发你了，看能不能打开')], '打不开吗？那我直接打字'),
];
