import { AppError } from '#shared/app-error';
import { checkNewKfWorker, isWeChatId, kfAlias } from '#shared/domain/kf-account';
import type { Input } from '#shared/ipc/contract';
import type { KfDesk, KfSession } from '#shared/ipc/people-models';
import {
  addKfWorker,
  closeKfSession,
  createKfSession,
  deleteKfWorker,
  getKfSession,
  getKfWorkers,
  getOnlineKfAccounts,
  inviteKfWorker,
  type KfWorker,
} from '#wechat/api/kf';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';

export interface KfDeps {
  readonly db: Database;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
}

/** Customer-service workers (客服人员) of an account: who they are, who serves whom, under whose name replies go out. */
export interface KfService {
  desk(appid: string): Promise<KfDesk>;
  speakAs(input: Input<'kf.speakAs'>): Promise<KfDesk>;
  /** @throws AppError kf/prefix, kf/nick, kf/taken, kf/too-many, kf/no-alias */
  add(input: Input<'kf.add'>): Promise<KfDesk>;
  remove(input: Input<'kf.remove'>): Promise<KfDesk>;
  /** @throws AppError kf/wechat-id */
  invite(input: Input<'kf.invite'>): Promise<KfDesk>;
  session(input: Input<'kf.session'>): Promise<KfSession>;
  assign(input: Input<'kf.assign'>): Promise<KfSession>;
}

const speakingKey = (appid: string): string => `kf-speaking-as:${appid}`;

/** The worker under whose name replies of this account go out; undefined: the account's own. Needs no network. */
export async function speakingAs(db: Database, appid: string): Promise<string | undefined> {
  return (await db.meta.get(speakingKey(appid))) || undefined;
}

export function createKfService({ db, wechatFor }: KfDeps): KfService {
  async function desk(appid: string): Promise<KfDesk> {
    const client = await wechatFor(appid);
    const [workers, online] = await Promise.all([getKfWorkers(client), getOnlineKfAccounts(client)]);
    const speaking = await speakingAs(db, appid);
    return {
      workers: workers.map((worker) => ({
        ...{ account: worker.account, nick: worker.nick, invitation: worker.invitation },
        ...{ bound: worker.wechatId !== null, online: online.includes(worker.account) },
      })),
      // WeChat refuses a reply in the name of a worker who is gone (65401).
      speakingAs: workers.some(({ account }) => account === speaking) ? (speaking ?? null) : null,
    };
  }

  /** A new worker's full name: all workers of an account share the part behind the `@`. */
  function accountOf(prefix: string, workers: readonly KfWorker[]): string {
    const alias = kfAlias(workers.map(({ account }) => account));
    if (alias === null) throw new AppError({ code: 'kf/no-alias' });
    return `${prefix}@${alias}`;
  }

  return {
    desk,
    async speakAs({ appid, account }) {
      await db.meta.set(speakingKey(appid), account ?? '');
      return desk(appid);
    },
    async add({ appid, prefix, nick }) {
      const client = await wechatFor(appid);
      const workers = await getKfWorkers(client);
      const refusal = checkNewKfWorker(
        { prefix, nick },
        workers.map(({ account }) => account),
      );
      if (refusal !== null) throw new AppError({ code: `kf/${refusal}` });
      await addKfWorker(client, accountOf(prefix, workers), nick.trim());
      return desk(appid);
    },
    async remove({ appid, account }) {
      await deleteKfWorker(await wechatFor(appid), account);
      if ((await speakingAs(db, appid)) === account) await db.meta.set(speakingKey(appid), '');
      return desk(appid);
    },
    async invite({ appid, account, wechatId }) {
      if (!isWeChatId(wechatId)) throw new AppError({ code: 'kf/wechat-id' });
      await inviteKfWorker(await wechatFor(appid), account, wechatId);
      return desk(appid);
    },
    session: async ({ appid, openid }) => getKfSession(await wechatFor(appid), openid),
    async assign({ appid, openid, account }) {
      const client = await wechatFor(appid);
      const serving = await getKfSession(client, openid);
      if (serving?.account === account) return serving;
      if (serving !== null) await closeKfSession(client, serving.account, openid);
      if (account !== null) await createKfSession(client, account, openid);
      return getKfSession(client, openid);
    },
  };
}
