import { present } from '../answer';
import type { WeChatClient } from '../client';

/** A customer-service worker (客服人员) as getkflist tells it. */
export interface KfWorker {
  /** `prefix@alias`, the alias being the account's WeChat ID. */
  readonly account: string;
  readonly nick: string;
  /** The bound WeChat ID; null while nobody has confirmed an invitation: such a worker cannot be used (65402). */
  readonly wechatId: string | null;
  readonly invitation: {
    readonly wechatId: string;
    readonly status: 'waiting' | 'rejected' | 'expired';
    /** Unix seconds. */
    readonly expiresAt: number | null;
  } | null;
}

interface RawWorker {
  readonly kf_account: string;
  readonly kf_nick: string;
  readonly kf_wx?: string;
  readonly invite_wx?: string;
  readonly invite_expire_time?: number;
  readonly invite_status?: string;
}

/** getkflist (获取所有客服账号), GET `/cgi-bin/customservice/getkflist`. 65400 until 客服功能 is enabled on the website. */
export async function getKfWorkers(client: WeChatClient): Promise<readonly KfWorker[]> {
  const { kf_list } = await client.get<{ kf_list?: readonly RawWorker[] }>(
    '/cgi-bin/customservice/getkflist',
  );
  return present(kf_list).map((raw) => ({
    account: raw.kf_account,
    nick: raw.kf_nick,
    wechatId: raw.kf_wx || null,
    invitation: raw.invite_wx
      ? {
          wechatId: raw.invite_wx,
          status:
            raw.invite_status === 'rejected' || raw.invite_status === 'expired'
              ? raw.invite_status
              : 'waiting',
          expiresAt: raw.invite_expire_time ?? null,
        }
      : null,
  }));
}

/** getonlinekflist (获取在线客服), GET `/cgi-bin/customservice/getonlinekflist`: accounts of the workers who are at their console. */
export async function getOnlineKfAccounts(client: WeChatClient): Promise<readonly string[]> {
  const { kf_online_list } = await client.get<{
    kf_online_list?: readonly { readonly kf_account: string; readonly status: number }[];
  }>('/cgi-bin/customservice/getonlinekflist');
  return present(kf_online_list)
    .filter(({ status }) => status !== 0)
    .map((worker) => worker.kf_account);
}

/**
 * addKfAccount (添加客服账号), POST `/customservice/kfaccount/add`: prefix up to 10 letters, digits or `_`, nickname up to 16
 * characters, 100 workers. 65403 nickname, 65404 account, 65405 too many, 65406 exists.
 */
export async function addKfWorker(client: WeChatClient, account: string, nick: string): Promise<void> {
  await client.post('/customservice/kfaccount/add', { kf_account: account, nickname: nick });
}

/** delKfAccount (删除客服账号), POST `/customservice/kfaccount/del`. */
export async function deleteKfWorker(client: WeChatClient, account: string): Promise<void> {
  await client.post('/customservice/kfaccount/del', { kf_account: account });
}

/** inviteKfWorker (邀请绑定客服账号), POST `/customservice/kfaccount/inviteworker`: the person confirms in WeChat. 65407–65412. */
export async function inviteKfWorker(client: WeChatClient, account: string, wechatId: string): Promise<void> {
  await client.post('/customservice/kfaccount/inviteworker', { kf_account: account, invite_wx: wechatId });
}

/** createKfSession (创建会话), POST `/customservice/kfsession/create`: the worker must be bound (65402) and online (65415). 65414 another serves. */
export async function createKfSession(client: WeChatClient, account: string, openid: string): Promise<void> {
  await client.post('/customservice/kfsession/create', { kf_account: account, openid });
}

/** closeKfSession (关闭会话), POST `/customservice/kfsession/close`. 65413 when there is none. */
export async function closeKfSession(client: WeChatClient, account: string, openid: string): Promise<void> {
  await client.post('/customservice/kfsession/close', { kf_account: account, openid });
}

/** getKfSession (获取客户会话状态), GET `/customservice/kfsession/getsession`: the worker who serves this person; null for nobody. */
export async function getKfSession(
  client: WeChatClient,
  openid: string,
): Promise<{ readonly account: string; readonly since: number } | null> {
  const { kf_account, createtime } = await client.get<{ kf_account?: string; createtime?: number }>(
    '/customservice/kfsession/getsession',
    { openid },
  );
  return kf_account ? { account: kf_account, since: createtime ?? 0 } : null;
}
