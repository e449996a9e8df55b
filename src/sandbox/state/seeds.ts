/** What a seeded account is made of. WeChat gives no names of followers, so there are none. */

/** Tags a small shop would have made; ids follow in this order from 100 on. */
export const SEED_TAGS = ['老顾客', '会员', '外卖', '批发', 'English', '待回访'] as const;

/** Names of the seeded accounts, by their number. */
export const SEED_NICKNAMES = ['云栖茶舍', '云栖茶舍订阅号', '安和诊所', 'Harbour Café'] as const;

/** Remarks the shop gave to some followers; each under WeChat's 30 bytes. */
export const SEED_REMARKS = [
  '李姐 常客',
  '王总 批发',
  '陈女士 会员',
  '二楼瑜伽馆',
  '小周 生日蛋糕',
  '幼儿园张老师',
  '赵叔 龙井',
  '隔壁花店',
  'Anna (oat milk)',
  'Mr Novak wholesale',
  'Sofia, Tuesdays',
  'Ben from the office',
  '刘先生 复诊',
  '何姐 团购群',
  '林小姐 不要糖',
] as const;

/** String scenes of the shop's QR codes. */
export const SEED_QR_SCENES = [
  'store_counter',
  'table_03',
  'table_08',
  'flyer_spring',
  'wechat_group_2',
  'fair_2024',
] as const;

/** How people found the account, with weights (users-and-tags.md §2). */
export const SEED_SCENES: readonly (readonly [scene: string, weight: number])[] = [
  ['ADD_SCENE_QR_CODE', 42],
  ['ADD_SCENE_SEARCH', 20],
  ['ADD_SCENE_PROFILE_CARD', 12],
  ['ADD_SCENE_PROFILE_LINK', 7],
  ['ADD_SCENE_PROFILE_ITEM', 4],
  ['ADD_SCENE_PAID', 5],
  ['ADD_SCENE_WXA', 3],
  ['ADD_SCENE_CHANNELS', 2],
  ['ADD_SCENE_WECHAT_ADVERTISEMENT', 2],
  ['ADD_SCENE_REPRINT', 1],
  ['ADD_SCENE_LIVESTREAM', 1],
  ['ADD_SCENE_OTHERS', 1],
];

/** Follow times are fixed, not relative to now, so that a seed gives the same ones on any day: 2021-03-01 … 2026-09-30. */
export const FIRST_FOLLOW = 1_614_528_000;
export const LAST_FOLLOW = 1_790_726_400;

/** Workers (客服) of a verified account: prefix and nickname; the first one is at the console. */
export const SEED_WORKERS = [
  ['kf001', '小林'],
  ['kf002', 'Mei'],
] as const;
