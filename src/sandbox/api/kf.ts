import type { Account } from '../state/account';
import type { KfWorker } from '../state/workers';
import { MAX_WORKERS } from '../state/workers';
import { fail } from './errors';
import { jsonBody, OK, textOf, type AccountCall, type ApiRoute } from './route';

const MAX_NICK = 16;
/** `prefix@alias` of messages.md §3. */
const KF_ACCOUNT = /^([A-Za-z0-9_]{1,10})@([^@]{1,30})$/;
/** WeChat IDs as people choose them. */
const WECHAT_ID = /^[A-Za-z][A-Za-z0-9_-]{5,19}$/;

const kfRoute = (
  method: ApiRoute['method'],
  path: string,
  handle: (call: AccountCall) => unknown,
): ApiRoute => ({ path, method, auth: 'token', needs: 'verified', handle });

/** messages.md §3: workers, invitations and sessions. */
export const kfRoutes: readonly ApiRoute[] = [
  kfRoute('GET', '/cgi-bin/customservice/getkflist', ({ account, world, now }) => ({
    kf_list: account.workers.list().map((worker) => ({
      kf_account: worker.account,
      kf_nick: worker.nick,
      kf_id: worker.id,
      kf_headimgurl: `${world.origin()}/mmbiz/kf/${worker.id}/0`,
      ...(worker.wechatId === null ? {} : { kf_wx: worker.wechatId }),
      ...invitationOf(worker, now),
    })),
  })),
  kfRoute('GET', '/cgi-bin/customservice/getonlinekflist', ({ account }) => ({
    kf_online_list: account.workers
      .list()
      .filter((worker) => worker.online)
      .map((worker) => ({
        ...{ kf_account: worker.account, status: 1, kf_id: Number(worker.id) },
        ...{ accepted_case: 0, kf_openid: '' },
      })),
  })),
  kfRoute('POST', '/customservice/kfaccount/add', (call) => {
    const { workers } = call.account;
    const body = jsonBody(call);
    const name = textOf(body, 'kf_account');
    if (KF_ACCOUNT.exec(name)?.[2] !== workers.alias) fail(65404);
    const nick = nickOf(textOf(body, 'nickname'));
    if (workers.get(name)) fail(65406);
    if (workers.list().length >= MAX_WORKERS) fail(65405);
    workers.add(name, nick);
    return OK;
  }),
  kfRoute('POST', '/customservice/kfaccount/update', (call) => {
    const worker = workerOf(call);
    worker.nick = nickOf(textOf(jsonBody(call), 'nickname'));
    return OK;
  }),
  kfRoute('POST', '/customservice/kfaccount/del', (call) => {
    call.account.workers.remove(workerOf(call).account);
    return OK;
  }),
  kfRoute('POST', '/customservice/kfaccount/inviteworker', (call) => {
    const worker = workerOf(call);
    const wechatId = textOf(jsonBody(call), 'invite_wx');
    if (!WECHAT_ID.test(wechatId)) fail(65409);
    if (worker.wechatId !== null) fail(65412);
    if (call.account.workers.boundTo(wechatId)) fail(65407);
    if (worker.invitation && invitationOf(worker, call.now).invite_status === 'waiting')
      fail(worker.invitation.wechatId === wechatId ? 65408 : 65411);
    call.account.workers.invite(worker, wechatId, call.now);
    return OK;
  }),
  kfRoute('POST', '/customservice/kfsession/create', (call) => {
    const worker = workerOf(call);
    const openid = customerOf(call.account, textOf(jsonBody(call), 'openid'));
    if (worker.wechatId === null) fail(65402);
    if (!worker.online) fail(65415);
    const served = call.account.workers.sessionOf(openid);
    if (served && served.worker !== worker.account) fail(65414);
    if (!served) call.account.workers.open(openid, worker.account, call.now);
    return OK;
  }),
  kfRoute('POST', '/customservice/kfsession/close', (call) => {
    const worker = workerOf(call);
    const openid = customerOf(call.account, textOf(jsonBody(call), 'openid'));
    if (call.account.workers.sessionOf(openid)?.worker !== worker.account) fail(65413);
    call.account.workers.close(openid);
    return OK;
  }),
  kfRoute('GET', '/customservice/kfsession/getsession', (call) => {
    const openid = customerOf(call.account, call.query['openid'] ?? '');
    const session = call.account.workers.sessionOf(openid);
    return { createtime: session?.since ?? 0, kf_account: session?.worker ?? '' };
  }),
];

function invitationOf(
  { invitation }: KfWorker,
  now: number,
): { invite_wx?: string; invite_expire_time?: number; invite_status?: string } {
  if (invitation === null) return {};
  const { wechatId, expiresAt, rejected } = invitation;
  return {
    invite_wx: wechatId,
    invite_expire_time: expiresAt,
    invite_status: rejected ? 'rejected' : expiresAt <= now ? 'expired' : 'waiting',
  };
}

function workerOf(call: AccountCall): KfWorker {
  return call.account.workers.get(textOf(jsonBody(call), 'kf_account')) ?? fail(65401);
}

function nickOf(nick: string): string {
  return nick.trim() === '' || [...nick].length > MAX_NICK ? fail(65403) : nick;
}

function customerOf(account: Account, openid: string): string {
  return account.followers.view(openid)?.following ? openid : fail(40003);
}
