/** Where things are repaired. */
import type { Remedy } from './finding';

export const CONSOLE: Remedy = { kind: 'open', url: 'https://mp.weixin.qq.com/' };
export const DEVELOPERS: Remedy = { kind: 'open', url: 'https://developers.weixin.qq.com/' };
export const RECONNECT: Remedy = { kind: 'reconnect' };

export function help(article: string): Remedy {
  return { kind: 'help', article };
}

/** The values of 服务器配置, in the order of that page. */
export const SERVER_SETTINGS: readonly Remedy[] = [
  { kind: 'copy-setting', setting: 'url' },
  { kind: 'copy-setting', setting: 'token' },
  { kind: 'copy-setting', setting: 'aes-key' },
];
