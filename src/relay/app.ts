import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import { Component } from './component/component';
import { componentOrigins } from './component/origins';
import { createCallbackEndpoint, type CallbackEndpointDeps } from './callback/endpoint';
import { CallbackService } from './callback/serve';
import { DEFAULT_LIMITS, type RelayDeps } from './deps';
import { answerFor, toAppError } from './errors';
import { FeedHub } from './feed-hub';
import { Front } from './front/front';
import { HttpExchange } from './front/poll-exchange';
import { originOf } from './origin';
import { RelayMetrics } from './metrics';
import { AutoReplies } from './replies/auto-replies';
import { RuleStore } from './replies/rule-store';
import { Retention } from './retention';
import { accountRoutes } from './routes/accounts';
import { DeviceAuth } from './routes/auth';
import { authorizationRoutes } from './routes/authorizations';
import { authorizePages } from './routes/authorize-pages';
import { componentRoute } from './routes/component';
import type { RouteContext } from './routes/context';
import { deviceRoutes } from './routes/devices';
import { egressRoutes } from './routes/egress';
import { createFeedHandler, pollOf } from './routes/feed';
import { healthRoutes } from './routes/health';
import { leaseRoute } from './routes/lease';
import { optionRoutes } from './routes/options';
import { profileRoute } from './routes/profile';
import { landingPages, landingRoute } from './routes/landing';
import { pairRoute } from './routes/pair';
import { ruleRoutes } from './routes/rules';
import { SealedBox } from './secrets/sealed-box';
import { Accounts } from './state/accounts';
import { Devices } from './state/devices';
import { checkMasterKey } from './state/key-check';
import { Landings } from './state/landings';
import { Pairing } from './state/pairing';
import { Verifications } from './state/verifications';
import { RelayTunnel } from './tunnel/relay-tunnel';

/** Bytes of a JSON body under /v1. */
const JSON_BYTES = 16 * 1024;
/** Milliseconds a client may take to send a whole request. */
const REQUEST_MS = 15_000;
const DRAIN_MS = 50;

/**
 * The relay's server, not yet listening. Fails to start (`listen`, `ready`) with AppError `relay/wrong-master-key` when the
 * store's secrets were sealed with another key. `close()` ends long polls, answers what has been accepted and stops the
 * sweeps; the store stays open.
 */
export function buildRelay(deps: RelayDeps): FastifyInstance {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const box = new SealedBox(deps.masterKey, deps.otherMasterKey);
  const hub = new FeedHub(limits.pollsPerDevice);
  const metrics = new RelayMetrics(() => hub.waiting);
  const accounts = new Accounts(deps.store, box);
  const ownOrigin = (): string => originOf(app.server.address(), deps.certificate !== undefined);
  const publicOrigin = (): string => deps.publicUrl ?? ownOrigin();
  const component = new Component({
    ...{ store: deps.store, box, clock: deps.clock, log: deps.log, accounts, publicOrigin },
    ...componentOrigins(deps.wechatOrigin),
    timestampWindow: limits.timestampWindow,
  });
  const rules = new RuleStore(deps.store, box);
  const verifications = new Verifications(deps.store);
  const callbackDeps: CallbackEndpointDeps = {
    messages: deps.store.log,
    accounts,
    verifications,
    replies: new AutoReplies({ ...deps, rules, metrics }),
    clock: deps.clock,
    log: deps.log,
    metrics,
    limits,
    isClosing: () => !app.server.listening,
    component,
    handlers: new Map([['/wx/component/ticket', (call) => component.handleEvent(call)]]),
  };
  const callbackService = new CallbackService(callbackDeps);
  const callbacks = createCallbackEndpoint(callbackDeps, callbackService);
  const devices = new Devices(deps.store, (error) => {
    deps.log.warn('device-progress-not-stored', { error });
  });
  const auth = new DeviceAuth(devices, deps.clock, deps.log);
  const feed = createFeedHandler({
    messages: deps.store.log,
    hub,
    metrics,
    log: deps.log,
    limits,
    identify: (authorization) => auth.identify(authorization),
    acknowledge: (device, seq) => devices.acknowledge(device, seq),
    present: (item) => component.present(item),
  });
  const app = fastify({
    logger: false,
    bodyLimit: JSON_BYTES,
    // The framework's own work for a request takes longer than storing a callback.
    serverFactory: (handler) => {
      const isClosing = (): boolean => !server.listening;
      const server = serverFor(deps, (request, response) => {
        const poll = pollOf(request);
        if (request.url?.startsWith('/wx/') === true) callbacks(request, response);
        else if (poll !== null) feed(poll, new HttpExchange(response, isClosing));
        else handler(request, response);
      });
      new Front({ callbacks: callbackService, poll: feed, isClosing }).place(
        server,
        deps.certificate === undefined ? 'connection' : 'secureConnection',
      );
      return server;
    },
    // A reverse proxy on the same machine may say whom it speaks for; nobody else may.
    trustProxy: 'loopback',
  });
  const tunnel = new RelayTunnel(deps.tunnel ?? {}, {
    authenticate: (tokenHash) => devices.findByToken(tokenHash),
    log: deps.log,
    count: (outcome) => {
      metrics.tunnels.add({ outcome });
    },
    ...(deps.wechatOrigin === undefined ? {} : { wechatOrigin: deps.wechatOrigin }),
  });
  const context: RouteContext = {
    deps,
    limits,
    metrics,
    accounts,
    verifications,
    component,
    rules,
    devices,
    landings: new Landings(deps.store),
    pairing: new Pairing(deps.store),
    hub,
    tunnel,
    ownOrigin,
    publicOrigin,
  };

  app.setErrorHandler(async (error, _request, reply) => {
    const { code, cause } = toAppError(error);
    const { status, message } = answerFor(code);
    if (status >= 500) deps.log.error('request-failed', { errorCode: code, error: cause ?? error });
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    return reply.code(status).send({ error: { code, message } });
  });
  app.setNotFoundHandler(() => {
    throw new AppError({ code: 'relay/not-found' });
  });
  app.addHook('onResponse', async (_request, reply) => {
    metrics.requests.add({ status: `${String(Math.floor(reply.statusCode / 100))}xx` });
  });

  void app.register(async (scope) => {
    await scope.register(helmet);
    await scope.register(rateLimit, {
      global: false,
      errorResponseBuilder: () => new AppError({ code: 'relay/too-many-attempts', retryable: true }),
    });
    healthRoutes(scope, context);
    pairRoute(scope, context);
    authorizePages(scope, { component: context.component, clock: deps.clock, log: deps.log });
    landingPages(scope, context);
    await scope.register(
      (inner, _options, done) => {
        pairedRoutes(inner, context, auth);
        done();
      },
      { prefix: '/v1' },
    );
  });

  runWithServer(app, context);
  app.addHook('onReady', async () => {
    await checkMasterKey(deps.store, box);
  });
  return app;
}

/** A plain server, or one that speaks TLS with a certificate that may be renewed while it runs. */
function serverFor({ certificate }: RelayDeps, listener: RequestListener): Server {
  const options = { requestTimeout: REQUEST_MS };
  if (certificate === undefined) return createServer(options, listener);
  const server = createSecureServer({ ...options, ...certificate.pair }, listener);
  certificate.files.follow((pair) => {
    server.setSecureContext(pair);
  });
  server.once('close', () => {
    certificate.files.stop();
  });
  return server;
}

/** Everything under /v1 but pairing: nothing is said to whom has no token, not even what exists. */
function pairedRoutes(app: FastifyInstance, context: RouteContext, auth: DeviceAuth): void {
  const { deps, rules, accounts } = context;
  app.addHook('onRequest', (request) => auth.require(request));
  app.addHook(
    'onRequest',
    app.rateLimit({
      max: context.limits.deviceRequests,
      timeWindow: 60_000,
      keyGenerator: (request) => `device:${auth.deviceOf(request).id}`,
    }),
  );
  app.setNotFoundHandler(() => {
    throw new AppError({ code: 'relay/not-found' });
  });
  accountRoutes(app, context, auth);
  ruleRoutes(
    app,
    {
      rules,
      log: deps.log,
      modeOf: async (workspaceId, appid) =>
        (await accounts.list(workspaceId)).find((account) => account.appid === appid)?.mode ?? null,
    },
    auth,
  );
  deviceRoutes(app, context, auth);
  landingRoute(app, context, auth);
  egressRoutes(app, {
    tunnelUrl: () =>
      context.tunnel.url({
        origin: context.ownOrigin(),
        ...(deps.publicUrl === undefined ? {} : { publicUrl: deps.publicUrl }),
      }),
    addresses: context.tunnel.egressAddresses,
  });
  const { component } = context;
  componentRoute(app, component);
  authorizationRoutes(app, context, auth);
  leaseRoute(app, component, auth);
  profileRoute(app, component, auth);
  optionRoutes(app, component, auth);
}

/** What lives exactly as long as the server: waking of polls, sweeps, and the end of both. */
function runWithServer(
  app: FastifyInstance,
  { deps, limits, metrics, hub, devices, tunnel, component }: RouteContext,
): void {
  const retention = new Retention({ ...deps, devices, limits, metrics });
  let unsubscribe: () => void = () => undefined;
  let drain: NodeJS.Timeout | null = null;

  app.addHook('onReady', async () => {
    await tunnel.start(app.server);
    unsubscribe = deps.store.log.onCommitted((workspaceId) => {
      hub.wake(workspaceId);
    });
    retention.start();
    component.start();
  });
  app.addHook('preClose', async () => {
    hub.close();
    await tunnel.close();
    // Connections that fall idle after the server stopped listening would keep it open until their timeout.
    drain = setInterval(() => {
      app.server.closeIdleConnections();
    }, DRAIN_MS);
  });
  app.addHook('onClose', async () => {
    if (drain !== null) clearInterval(drain);
    unsubscribe();
    await component.close();
    await retention.stop();
    await devices.close();
  });
}
