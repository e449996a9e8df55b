import { en, newcomer, say, zh, type Dialogue } from './dialogue';

/** Patients of a dental clinic. */
export const CLINIC: readonly Dialogue[] = [
  zh([say('你好，想约{周三|周四|周六}{上午|下午}洗牙')], '{九点半|两点|三点}可以吗', '需要带医保卡吗？'),
  zh([say('请问{张|李|陈}医生这周哪天坐诊？')], '那帮我约{周五|周四}下午'),
  zh([say('我想改一下预约，临时要出差')], '改到下周{一|二|三}同一时间可以吗？'),
  zh(
    [say('孩子{换牙|蛀牙|牙齿不齐}，多大可以来看？')],
    '{六|七|八}岁，平时{怕疼|比较配合}',
    '好，那先约个检查',
  ),
  zh([say('昨天补的牙有点酸，正常吗？')], '只是吃冷的时候', '好的，我再观察两天'),
  zh([say('洗牙多少钱呀，可以刷医保吗')], '那我约个周末'),
  zh(
    [
      { type: 'location', latitude: 31.2243, longitude: 121.4768, label: '上海市黄浦区人民广场', scale: 15 },
      say('从这里过去坐几号线？'),
    ],
    '收到，大概半小时到',
  ),
  zh([{ type: 'click', key: 'BOOK' }, say('菜单里点预约没反应')], '那直接在这里约可以吗？周六上午'),
  zh([say('复诊需要提前多久到？')], '好的，准时到'),
  zh(
    [{ type: 'image' }, say('医生，牙龈这里有点红，需要来看吗？')],
    '两三天了，不怎么疼',
    '行，那我明天过去',
  ),
  newcomer(zh([say('同事介绍的，想咨询一下正畸')], '成人，{28|31|35} 岁'), 'flyer_spring'),
  en(
    [say('Hi, do your dentists speak English?')],
    'Great, a check-up on {Tuesday|Friday} afternoon?',
    'My name is {Laura|Daniel}. First visit',
  ),
  en([say('I need to move my appointment to next week, sorry')], '{Wednesday|Thursday} morning works for me'),
  en([say('How long does a cleaning usually take?')], 'Perfect, then I can come during lunch'),
];

/** One conversation of every kind. */
export const CLINIC_BURST: readonly Dialogue[] = [
  zh([say('你好，想约{周六|周日}上午洗牙，两个人')], '{九点|十点}可以', '好，准时到'),
  en(
    [say('Hello, is there a free slot on {Friday|Monday}?'), say('Only a check-up')],
    'Morning is best for me',
  ),
  zh([{ type: 'image' }, say('补过的这颗有点磕了，要紧吗')], '不疼，就是有点硌'),
  zh([{ type: 'voice', seconds: 6 }], '对，就是语音里说的情况', '好的谢谢'),
  zh([{ type: 'video', seconds: 3 }, say('孩子这样刷牙对吗')], '学到了，回头再教他'),
  zh(
    [
      { type: 'location', latitude: 31.2243, longitude: 121.4768, label: '上海市黄浦区人民广场', scale: 16 },
      say('我在这里，怎么过去快？'),
    ],
    '好的，一会儿到',
  ),
  zh(
    [
      {
        type: 'link',
        title: '换牙期孩子的 10 个常见问题',
        description: '第三条很多家长不知道',
        url: 'https://mp.weixin.qq.com/s/milk-teeth',
      },
      say('文章里说的窝沟封闭你们做吗'),
    ],
    '那约个时间',
  ),
  zh(
    [
      { type: 'miniprogrampage', title: '家庭口腔护理卡', pagePath: 'pages/card/detail?id=7' },
      say('这张卡还能办吗'),
    ],
    '两大一小',
  ),
  zh([{ type: 'click', key: 'BOOK' }], '想约{李|陈}医生'),
  newcomer(zh([say('朋友推荐的，第一次看牙要准备什么？')], '好，带上了'), 'flyer_spring'),
  zh([say('已经在老家看好了，谢谢你们'), { type: 'unsubscribe' }]),
  zh([{ type: 'file', name: '上次的牙片.pdf' }, say('片子发你了')], '打不开的话我下次带过去'),
];
