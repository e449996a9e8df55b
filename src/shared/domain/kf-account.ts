/** Customer-service workers (客服): the forms that WeChat accepts (messages.md §3), asked by the page and again by main. */

export const MAX_KF_NICK = 16;
export const MAX_KF_WORKERS = 100;

export type KfRefusal = 'prefix' | 'nick' | 'taken' | 'too-many' | 'wechat-id';

const PREFIX = /^[A-Za-z0-9_]{1,10}$/;
const WECHAT_ID = /^[A-Za-z][A-Za-z0-9_-]{5,19}$/;

/** The part behind the `@`, the same for all workers of an account: its WeChat ID (微信号). null while there is none. */
export function kfAlias(accounts: readonly string[]): string | null {
  for (const account of accounts) {
    const alias = account.split('@')[1];
    if (alias) return alias;
  }
  return null;
}

/** Why a worker cannot be added; null when it can. Nicknames count characters as people see them. */
export function checkNewKfWorker(
  worker: { readonly prefix: string; readonly nick: string },
  existing: readonly string[],
): KfRefusal | null {
  if (!PREFIX.test(worker.prefix)) return 'prefix';
  if (!isKfNick(worker.nick)) return 'nick';
  if (existing.length >= MAX_KF_WORKERS) return 'too-many';
  if (existing.some((account) => account.split('@')[0] === worker.prefix)) return 'taken';
  return null;
}

export function isKfNick(nick: string): boolean {
  return nick.trim() !== '' && [...nick].length <= MAX_KF_NICK;
}

/** Whether this has the form of a WeChat ID (微信号): 6 to 20 letters, digits, `_` or `-`, a letter first. */
export function isWeChatId(text: string): boolean {
  return WECHAT_ID.test(text);
}
