import { en, newcomer, say, zh, type Dialogue } from './dialogue';

/** Customers of a tea shop with a small bakery. */
export const TEA_HOUSE: readonly Dialogue[] = [
  zh(
    [say('老板，今天还有{桂花乌龙|抹茶卷|碱水包|栗子蛋糕}吗？')],
    '那帮我留{一份|两份}，我{五点半|下班后|六点左右}过去拿',
    '可以微信付吗？',
  ),
  zh([say('你好，想问下你们{明天|周六|周日}几点开门')], '好，那我{九点|十点}到'),
  zh(
    [say('想订一个生日蛋糕'), say('{6|8}寸的，{周五|周六|后天}下午要，{小朋友|老人|同事}过生日')],
    '不要太甜，水果放{草莓|芒果|蓝莓}就好',
    '可以写字吗？写"{生日快乐 小满|平安喜乐|祝妈妈生日快乐}"',
  ),
  zh(
    [say('{龙井|白茶|正山小种|茉莉花茶}怎么卖呀，送长辈的')],
    '有礼盒装吗？预算{三百|两百|五百}左右',
    '那就要这个，能寄到{绍兴|苏州|合肥}吗？',
  ),
  zh([say('昨天买的{牛角包|吐司|司康}忘拿小票了，还能开发票吗')], '抬头我晚点发您'),
  zh(
    [say('我的外卖好像少了一杯{茉莉奶绿|冰美式|柠檬茶}…'), say('订单尾号 {4127|8806|3391}')],
    '没事的，下次补上就行',
    '哈哈谢谢老板，你们家一直很好',
  ),
  zh([say('请问有{无糖|低糖|无麸质}的点心吗？家里老人{血糖高|控糖}')], '那{荞麦饼|坚果曲奇}来两盒吧'),
  zh(
    [{ type: 'image' }, say('这款还有吗？上次在你们店里拍的')],
    '对，就是这个，要{两个|一盒}',
    '今天能做好吗？',
  ),
  zh(
    [say('公司下午茶 {12|20|25} 人份，{周三|周四}下午三点，能送吗？')],
    '地址是{文三路 126 号|学院路 77 号|古墩路 18 号} 5 楼',
    '好的，合同和发票一起给我就行',
  ),
  zh([say('会员积分怎么看呀')], '找到了，谢谢～'),
  zh(
    [
      {
        type: 'location',
        latitude: 30.2771,
        longitude: 120.1262,
        label: '杭州市西湖区学院路 77 号',
        scale: 16,
      },
      say('这里能送到吗？'),
    ],
    '大概多久能到？',
  ),
  zh(
    [
      {
        type: 'location',
        latitude: 30.2803,
        longitude: 120.1355,
        label: '杭州市西湖区文三路地铁站 B 口',
        scale: 17,
      },
      say('我到这里了，往哪边走？'),
    ],
    '看到了！{蓝色|绿色}招牌那家是吧',
  ),
  zh(
    [{ type: 'click', key: 'TODAY' }, say('今日供应怎么没有{芋泥麻薯|肉松小贝}了')],
    '好吧，那下周什么时候有？',
  ),
  zh([say('孩子对{花生|鸡蛋|牛奶}过敏，哪几款能吃？')], '太细心了，那我要{葡萄干面包|全麦吐司}'),
  zh([say('{上次|上周}的{凤梨酥|绿豆糕}特别好吃，还能再订吗')], '来{三|两|五}盒，送人的，包装好看点哈'),
  zh([say('你们招{周末|暑期}兼职吗？')], '好，那我明天过去面谈'),
  zh([say('茶叶怎么保存比较好？放冰箱可以吗')], '原来如此，学到了'),
  zh(
    [say('周六的{手冲|茶艺|烘焙}体验课还有位置吗')],
    '两位，我和{朋友|女儿|同事}',
    '好，转账给您还是到店付？',
  ),
  zh([say('老板，伞落店里了，{黑色|蓝格子|透明}的')], '太好了！我{晚上|明天}去拿'),
  zh([say('WiFi 密码多少呀，坐你们店里呢')], '连上了'),
  newcomer(zh([say('朋友推荐来的，第一次来有优惠吗？')], '那我{今天下午|周末}去尝尝'), 'store_counter'),
  newcomer(zh([say('扫桌上的码进来的，怎么点单？')], '好的，先来一壶{桂花乌龙|老白茶}'), 'table_{03|08}'),
  newcomer(zh([say('你好呀')], '想看看你们的{中秋|春节|端午}礼盒'), 'wechat_group_2'),
  en(
    [say('Hi! Do you have {oat milk|soy milk|decaf}?')],
    'Great. Is the {matcha latte|jasmine tea|oolong} sweetened?',
  ),
  en(
    [say('Are you open this {Saturday|Sunday}?'), say('Thinking of coming by around {ten|four|noon}')],
    'Cool, do I need to book a table for {two|three|four}?',
  ),
  en(
    [
      say(
        'Could I order {a dozen croissants|two loaves of sourdough|a box of scones} for {Friday|tomorrow} morning?',
      ),
    ],
    'Pickup at {8:30|9} would be ideal',
    'Name is {Anna|Tom|Mia}. Can I pay when I collect?',
  ),
  en(
    [say('Which tea would you recommend as a gift for my {father-in-law|boss|host family}?')],
    'Nice, how much is the {small|larger} tin?',
  ),
  en(
    [say('Is the {walnut bread|mooncake|red bean bun} vegan?')],
    'Good to know. Please keep {one|two} for me',
  ),
  en(
    [{ type: 'image' }, say('Do you still make this one? Had it last month')],
    'Yes that one. How much is it?',
  ),
  en([say('Do you ship tea to {Shanghai|Chengdu|Singapore}?')], 'And how long does it take?'),
  newcomer(
    en([say('Hello, scanned the code on your flyer. Is the tasting still on?')], 'Two of us, please'),
    'flyer_spring',
  ),
  en(
    [say('I think I left my {grey scarf|notebook|umbrella} at the window table')],
    'Phew, thank you! I will pick it up {tonight|tomorrow}',
  ),
];

/** What waits in the inbox when a server is connected: one conversation of every kind. */
export const TEA_HOUSE_BURST: readonly Dialogue[] = [
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
