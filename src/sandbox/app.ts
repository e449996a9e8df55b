import fastify, { type FastifyInstance } from 'fastify';
import { Stage } from './acts/act';
import { BODY_LIMIT, serveApi } from './api/gate';
import { apiRoutes } from './api/routes';
import { manualClock, realClock } from './clock';
import { serveAuthorizationPage } from './component/page-routes';
import { PlatformPusher } from './component/platform-push';
import { TicketService } from './component/ticket-service';
import { serveControl } from './control/serve';
import { serveFiles } from './files';
import { LiveCustomers } from './live/live';
import { Pusher } from './push/deliver';
import type { AccountType, Region } from './state/account';
import { World, type PushRules } from './state/world';

export interface SandboxOptions {
  /** Followers of the first account, the verified mainland service account. */
  readonly followers?: number;
  /** The same seed gives the same accounts and followers. */
  readonly seed?: number;
  /** Customers write by themselves once a server is configured. */
  readonly live?: boolean;
  /**
   * Which start with this seed it is, from 0. Later ones have other live conversations and no burst at the beginning,
   * as those people have written already.
   */
  readonly session?: number;
  /** How fast live customers are: 1 as people are, smaller is faster. */
  readonly livePace?: number;
  /** Time stands still until the control API advances it. */
  readonly manualClock?: boolean;
  /** Where a manual clock starts, unix seconds; the machine's time when left out. */
  readonly startAt?: number;
  /** WeChat's delivery rules, shortened for tests. */
  readonly push?: Partial<PushRules>;
}

/** What the ready line tells of an account. */
export interface SandboxAccount {
  readonly appid: string;
  readonly secret: string;
  readonly type: AccountType;
  readonly verified: boolean;
  readonly region: Region;
}

export interface Sandbox {
  /** Not listening yet; closing it ends every delivery and every live customer. */
  readonly app: FastifyInstance;
  readonly accounts: readonly SandboxAccount[];
  /** `http://127.0.0.1:port` once listening. */
  origin(): string;
}

const DEFAULT_FOLLOWERS = 200;
const DEFAULT_SEED = 1;
/** Deadline, gap and number of deliveries as callbacks.md §4 gives them. */
const WECHAT_PUSH: PushRules = { deadlineMs: 5_000, gapMs: 5_000, attempts: 3, repeatQuery: false };

/** A simulated WeChat with four accounts: one of each kind that behaves differently. */
export function buildSandbox(options: SandboxOptions = {}): Sandbox {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    // Neither coerced nor trimmed: a control request is taken as written or refused.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
    forceCloseConnections: true,
  });
  const origin = (): string => {
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('the sandbox is not listening');
    return `http://127.0.0.1:${address.port}`;
  };
  const world = new World({
    seed: options.seed ?? DEFAULT_SEED,
    clock: options.manualClock ? manualClock(options.startAt ?? Date.now() / 1000) : realClock(),
    push: { ...WECHAT_PUSH, ...options.push },
    origin,
  });
  world.addAccount({
    type: 'service',
    verified: true,
    region: 'mainland',
    followers: options.followers ?? DEFAULT_FOLLOWERS,
  });
  world.addAccount({ type: 'subscription', verified: false, region: 'mainland', followers: 12 });
  world.addAccount({ type: 'subscription', verified: true, region: 'mainland', followers: 40 });
  world.addAccount({ type: 'service', verified: true, region: 'overseas', followers: 15 });

  const pusher = new Pusher(world);
  const stage = new Stage(world, pusher);
  const platformPusher = new PlatformPusher(world);
  const tickets = new TicketService(world, platformPusher);
  const live = options.live
    ? new LiveCustomers(world, stage, {
        session: options.session ?? 0,
        pace: options.livePace ?? 1,
      })
    : null;
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('date', new Date(world.clock.now() * 1000).toUTCString());
  });
  app.addHook('preClose', async () => {
    live?.close();
    pusher.close();
    tickets.close();
    platformPusher.close();
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0];
    const message = `the sandbox does not serve ${request.method} ${path}`;
    return reply.code(404).send({ error: { code: 'not-served', message } });
  });
  const routes = apiRoutes(tickets);
  app.register(async (scope) => serveApi(scope, world, routes));
  app.register(async (scope) =>
    serveControl(
      scope,
      world,
      { stage, pusher: platformPusher, tickets },
      routes.map((route) => route.path),
    ),
  );
  app.register(async (scope) => serveAuthorizationPage(scope, world, platformPusher));
  app.register(async (scope) => serveFiles(scope, world));
  const accounts = world.accounts().map(({ appid, secret, type, standing, region }) => ({
    appid,
    secret,
    type,
    verified: standing.verified,
    region,
  }));
  return { app, accounts, origin };
}
