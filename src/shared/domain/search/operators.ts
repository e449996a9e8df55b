/** The names of filters and of their values, in both languages. */
import type { HasKind, IsKind, Operator } from './query';

const OPERATOR_NAMES: Readonly<Record<Operator, readonly string[]>> = {
  from: ['from', '来自', '发送人', '发件人'],
  after: ['after', 'since', '之后', '晚于', '从'],
  before: ['before', 'until', '之前', '早于'],
  has: ['has', '含', '包含', '有'],
  is: ['is', '是', '状态'],
  account: ['account', '公众号', '账号'],
};
const HAS_NAMES: Readonly<Record<HasKind, readonly string[]>> = {
  image: ['image', 'images', 'picture', 'photo', '图片', '图', '照片'],
  voice: ['voice', 'audio', '语音'],
  video: ['video', '视频', '小视频'],
  link: ['link', 'links', 'url', '链接', '网址'],
  file: ['file', 'files', '文件'],
  location: ['location', 'place', '位置', '地址'],
  miniprogram: ['miniprogram', '小程序'],
};
const IS_NAMES: Readonly<Record<IsKind, readonly string[]>> = {
  failed: ['failed', '失败', '发送失败'],
  unanswered: ['unanswered', '待回复', '未回复'],
  starred: ['starred', '星标'],
};
const ME: ReadonlySet<string> = new Set(['me', '我', '我方', '自己', '客服']);

function lookUp<K extends string>(names: Readonly<Record<K, readonly string[]>>): ReadonlyMap<string, K> {
  const entries = Object.entries(names) as [K, readonly string[]][];
  return new Map(entries.flatMap(([key, all]) => all.map((name) => [name, key] as const)));
}

const operators = lookUp(OPERATOR_NAMES);
const hasKinds = lookUp(HAS_NAMES);
const isKinds = lookUp(IS_NAMES);

export const operatorNamed = (name: string): Operator | null => operators.get(name.toLowerCase()) ?? null;
export const hasKindNamed = (name: string): HasKind | null => hasKinds.get(name.toLowerCase()) ?? null;
export const isKindNamed = (name: string): IsKind | null => isKinds.get(name.toLowerCase()) ?? null;
export const meansMe = (name: string): boolean => ME.has(name.toLowerCase());
