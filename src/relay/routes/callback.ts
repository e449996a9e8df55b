import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#shared/app-error';
import type { CallbackAccount } from '../state/accounts';
import { answerFor, toAppError } from '../errors';
import { checkSealedCallback, isVerification, readCallbackQuery } from './callback-check';
import type { RouteContext } from './context';

interface Params {
  readonly key: string;
}

/** WeChat asks for nothing else, and shows any other body to the customer as a failure of the account. */
const DONE = 'success';
const TEXT = 'text/plain; charset=utf-8';
const ACCOUNT_KEY = /^[A-Za-z0-9_-]{32}$/;

/**
 * `/wx/<account key>`, the 服务器地址(URL) of an account. GET is WeChat's verification of the address; POST is a push, which is
 * answered `success` only after it is durable. Anything else than 200 makes WeChat send the push again.
 */
export function callbackRoutes(app: FastifyInstance, context: RouteContext): void {
  const { deps, limits, metrics, accounts } = context;

  // The signature covers the text as it came, so no parser may touch it before.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.setErrorHandler(async (error, _request, reply) => {
    const { code, cause } = toAppError(error);
    const { status, message } = answerFor(code);
    metrics.callbacks.add({ outcome: code });
    if (status >= 500) deps.log.error('callback-failed', { errorCode: code, error: cause ?? error });
    else deps.log.debug('callback-refused', { errorCode: code });
    return reply.code(status).type(TEXT).send(message);
  });

  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
  });

  const find = async (request: FastifyRequest<{ Params: Params }>): Promise<CallbackAccount> => {
    const { key } = request.params;
    const account = ACCOUNT_KEY.test(key) ? await accounts.findByKey(key) : null;
    if (account === null) throw new AppError({ code: 'relay/unknown-callback' });
    return account;
  };

  app.get<{ Params: Params }>('/wx/:key', async (request, reply) => {
    const account = await find(request);
    const query = readCallbackQuery(rawQuery(request));
    if (!isVerification(account.token, query)) throw new AppError({ code: 'callback/bad-signature' });
    metrics.callbacks.add({ outcome: 'verified' });
    deps.log.info('callback-address-verified', { appid: account.appid });
    return reply.type(TEXT).send(query.echostr);
  });

  app.post<{ Params: Params }>('/wx/:key', { bodyLimit: limits.callbackBytes }, async (request, reply) => {
    const began = performance.now();
    const account = await find(request);
    const query = rawQuery(request);
    const now = deps.clock.now();
    const isFresh = (timestamp: number): boolean => {
      const skew = Math.round(now - timestamp);
      metrics.clockSkew.set(skew);
      if (Math.abs(skew) <= limits.timestampWindow) return true;
      deps.log.warn('callback-outside-time-window', { appid: account.appid, skewSeconds: skew });
      return false;
    };
    const { body, replayKey } = checkSealedCallback({
      key: request.params.key,
      token: account.token,
      query: readCallbackQuery(query),
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      isFresh,
    });
    const outcome = await deps.store.log.append({
      workspaceId: account.workspaceId,
      kind: 'message',
      appid: account.appid,
      receivedAt: now,
      replayKey,
      query,
      body,
    });
    metrics.callbacks.add({ outcome });
    metrics.callbackSeconds.observe((performance.now() - began) / 1000);
    return reply.type(TEXT).send(DONE);
  });
}

function rawQuery(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
}
