import type { FastifyInstance } from 'fastify';
import { isAddressEntry } from '../api/addresses';
import { verifyServer } from '../push/verify';
import type { Account, AccountOptions, AccountStanding, ServerConfig } from '../state/account';
import type { World } from '../state/world';
import { ControlError } from './errors';
import {
  accountBody,
  quotaBody,
  serverBody,
  standingBody,
  websiteBody,
  whitelistBody,
  workerBody,
} from './schemas';

interface ByAppid {
  readonly Params: { readonly appid: string };
}

export function accountOf(world: World, appid: string): Account {
  const account = world.account(appid);
  if (account === null) throw new ControlError(404, 'unknown-account', `no account has the appid ${appid}`);
  return account;
}

/** Making accounts and setting them up as their owners would on the website. */
export function accountRoutes(app: FastifyInstance, world: World): void {
  app.get('/__sandbox/accounts', () => world.accounts().map(describeAccount));
  app.post<{ Body: Partial<AccountOptions> & Pick<AccountOptions, 'type' | 'verified'> }>(
    '/__sandbox/accounts',
    { schema: { body: accountBody } },
    ({ body }) => {
      if (body.ipWhitelist !== undefined) requireAddresses(body.ipWhitelist);
      const { appid, secret, originalId } = world.addAccount({ region: 'mainland', followers: 0, ...body });
      return { appid, secret, originalId };
    },
  );
  app.get<ByAppid>('/__sandbox/accounts/:appid', ({ params }) =>
    describeAccount(accountOf(world, params.appid)),
  );

  app.post<ByAppid & { Body: ServerConfig }>(
    '/__sandbox/accounts/:appid/server',
    { schema: { body: serverBody } },
    async ({ params, body }, reply) => {
      const account = accountOf(world, params.appid);
      if (!URL.canParse(body.url)) throw new ControlError(400, 'invalid-body', 'url is not a URL');
      const verification = await verifyServer(world, body);
      if (!verification.ok) {
        const { message, detail } = verification;
        return reply.code(400).send({ ok: false, error: { code: 'verification-failed', message, detail } });
      }
      account.server = body;
      world.serverConfigured(account);
      return { ok: true };
    },
  );
  app.delete<ByAppid>('/__sandbox/accounts/:appid/server', ({ params }) => {
    accountOf(world, params.appid).server = null;
    return { ok: true };
  });

  app.post<ByAppid & { Body: NonNullable<Account['website']> }>(
    '/__sandbox/accounts/:appid/website',
    { schema: { body: websiteBody } },
    ({ params, body }) => {
      accountOf(world, params.appid).website = body;
      return { ok: true };
    },
  );

  app.post<ByAppid & { Body: { ipWhitelist: string[] } }>(
    '/__sandbox/accounts/:appid/whitelist',
    { schema: { body: whitelistBody } },
    ({ params, body }) => {
      requireAddresses(body.ipWhitelist);
      accountOf(world, params.appid).ipWhitelist = body.ipWhitelist;
      return { ok: true };
    },
  );
  app.post<ByAppid & { Body: Partial<AccountStanding> }>(
    '/__sandbox/accounts/:appid/standing',
    { schema: { body: standingBody } },
    ({ params, body }) => Object.assign(accountOf(world, params.appid).standing, body),
  );
  app.post<ByAppid>('/__sandbox/accounts/:appid/secret', ({ params }) => {
    const account = accountOf(world, params.appid);
    account.secret = account.random.hex(32);
    account.tokens.revoke();
    return { secret: account.secret };
  });
  app.post<ByAppid & { Body: { account: string; accepts?: boolean; online?: boolean } }>(
    '/__sandbox/accounts/:appid/workers',
    { schema: { body: workerBody } },
    ({ params, body }) => {
      const { workers } = accountOf(world, params.appid);
      const worker = workers.get(body.account);
      if (!worker) throw new ControlError(404, 'unknown-worker', `no worker is called ${body.account}`);
      if (body.accepts !== undefined) workers.answer(worker, body.accepts);
      if (body.online !== undefined) worker.online = body.online;
      return worker;
    },
  );
  app.post<ByAppid & { Body: { path: string; dailyLimit: number } }>(
    '/__sandbox/accounts/:appid/quota',
    { schema: { body: quotaBody } },
    ({ params, body }) => {
      accountOf(world, params.appid).quotas.setDailyLimit(body.path, body.dailyLimit);
      return { ok: true };
    },
  );
}

/** Raises ControlError `invalid-address`. */
export function requireAddresses(entries: readonly string[]): void {
  const wrong = entries.find((entry) => !isAddressEntry(entry));
  if (wrong !== undefined) {
    throw new ControlError(400, 'invalid-address', `"${wrong}" is neither an address nor a segment`);
  }
}

function describeAccount(account: Account): Readonly<Record<string, unknown>> {
  return {
    appid: account.appid,
    secret: account.secret,
    originalId: account.originalId,
    type: account.type,
    verified: account.standing.verified,
    region: account.region,
    followers: account.followers.total,
    ipWhitelist: account.ipWhitelist,
    server: account.server === null ? null : { url: account.server.url, mode: account.server.mode },
    articleIds: account.articleIds,
    cardIds: account.cardIds,
    miniProgramAppIds: account.miniProgramAppIds,
    kfAccounts: account.workers.list().map((worker) => worker.account),
  };
}
