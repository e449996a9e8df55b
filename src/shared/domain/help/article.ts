/** Answers that are in the app, so that they are there without a network too. */
import type { Localized } from '../../localized';

export const HELP_GROUPS = ['start', 'verify', 'connect', 'reply', 'overseas'] as const;
export type HelpGroup = (typeof HELP_GROUPS)[number];

export interface HelpLink {
  readonly label: Localized;
  readonly url: string;
}

export interface HelpArticle {
  readonly id: string;
  readonly group: HelpGroup;
  readonly question: Localized;
  /** Paragraphs. */
  readonly answer: readonly Localized[];
  /** What to do, in order. */
  readonly steps?: readonly Localized[];
  /** Official pages. The Chinese one is always among them: the English ones lack much. */
  readonly links?: readonly HelpLink[];
  /** Words people search for that the text does not use. */
  readonly keywords?: string;
}

export const text = (zh: string, en: string): Localized => ({ zh, en });

const DOC = 'https://developers.weixin.qq.com/doc';

export const CONSOLE: HelpLink = {
  label: text('公众平台 mp.weixin.qq.com', 'Official Accounts Platform, mp.weixin.qq.com'),
  url: 'https://mp.weixin.qq.com/',
};
export const SERVICE_DOCS: HelpLink = {
  label: text('服务号开发文档（中文）', 'Documentation of service accounts (Chinese, complete)'),
  url: `${DOC}/service/`,
};
export const SUBSCRIPTION_DOCS: HelpLink = {
  label: text(
    '订阅号（公众号）开发文档（中文）',
    'Documentation of subscription accounts (Chinese, complete)',
  ),
  url: `${DOC}/subscription/`,
};
export const ENGLISH_DOCS: HelpLink = {
  label: text('英文文档（内容不全）', 'English documentation (incomplete)'),
  url: `${DOC}/offiaccount/en/`,
};
export const OPEN_PLATFORM: HelpLink = {
  label: text('微信开放平台 open.weixin.qq.com', 'WeChat Open Platform, open.weixin.qq.com'),
  url: 'https://open.weixin.qq.com/',
};
