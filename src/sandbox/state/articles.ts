import { BASE64_URL, type Random } from '../random';

/** An article that the account has published; messages and menus may refer to it. */
export interface PublishedArticle {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly digest: string;
  readonly url: string;
  /** Unix seconds. */
  readonly updatedAt: number;
}

type Told = readonly [title: string, digest: string];

/** What the seeded accounts have published, newest first, by their number. */
const TOLD: readonly (readonly Told[])[] = [
  [
    ['春茶到店：明前龙井与碧螺春怎么选', '三款春茶的产地、口感和泡法，一张表看明白'],
    ['五一假期营业时间', '5 月 1 日至 5 日每天 10:00 开门，外卖照常'],
    ['会员日：周三第二杯半价', '适用门店、不参加的饮品，以及怎么出示会员码'],
    ['生日蛋糕预订须知', '提前两天预订，写字和水果可以这样选'],
    ['公司下午茶菜单', '12 人起送，三档套餐和配送范围'],
    ['茶叶怎么保存', '绿茶放冰箱，白茶不用；受潮了还能救吗'],
    ['新店：学院路 77 号', '带这篇文章到店，免费尝一杯桂花乌龙'],
    ['How to find us', 'Exit B of Wensan Road station, two minutes on foot'],
  ],
  [['欢迎关注云栖茶舍', '新品、活动和营业时间都会发在这里']],
  [
    ['门诊时间与挂号', '周一至周六 8:00 到 17:30，周日只看急诊'],
    ['复诊前要准备什么', '带上病历和上次的检查单'],
    ['流感疫苗到货', '预约方式和注意事项'],
  ],
  [
    ['Summer opening hours', 'Open until nine from June to August'],
    ['Our beans this month', 'Two single origins and what they taste like'],
  ],
];

const DAY = 86_400;
/** When the newest was published: fixed, so that a seed gives the same articles on any day. */
const NEWEST = 1_790_000_000;
const EVERY = 9 * DAY;

export function publishedArticles(accountNumber: number, random: Random): readonly PublishedArticle[] {
  const told = TOLD[accountNumber] ?? [
    ['示例文章', '一篇已发布的文章'],
    ['示例文章二', '另一篇已发布的文章'],
  ];
  return told.map(([title, digest], index) => ({
    id: random.chars(43, BASE64_URL),
    title,
    author: '',
    digest,
    url: `https://mp.weixin.qq.com/s/${random.chars(22, BASE64_URL)}`,
    updatedAt: NEWEST - index * EVERY,
  }));
}
