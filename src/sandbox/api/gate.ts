import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as delay } from 'node:timers/promises';
import { isJsonObject, toJson, type JsonObject } from '../json';
import type { Fault } from '../state/faults';
import type { World } from '../state/world';
import { ApiError, fail } from './errors';
import { proveAccount, proveCaller, proveComponent } from './prove';
import { takeQuota } from './quota';
import { BinaryAnswer, type ApiRoute, type Method, type OpenCall } from './route';
import { closingController } from '../closing';

/** Uploads of 10 MB and a little around them; what is larger never reaches WeChat's own checks. */
export const BODY_LIMIT = 32 * 1024 * 1024;
const JSON_TYPE = 'application/json; encoding=utf-8';

interface Outcome {
  readonly errcode: number;
  readonly rid: string | null;
  readonly contentType: string;
  readonly disposition: string | null;
  readonly payload: string | Buffer;
}

/** Serves WeChat's API: every path under its own name, every refusal as HTTP 200 with errcode, errmsg and rid. */
export function serveApi(app: FastifyInstance, world: World, routes: readonly ApiRoute[]): void {
  app.removeAllContentTypeParsers();
  // WeChat looks at the body, not at the content type that official clients label it with.
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    done(null, body);
  });
  const closing = closingController();
  app.addHook('onClose', async () => closing.abort());
  for (const route of routes) {
    app.all(route.path, async (request, reply) => answer(world, route, request, reply, closing.signal));
  }
}

async function answer(
  world: World,
  route: ApiRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<FastifyReply> {
  const startedAt = performance.now();
  const call = toCall(world, route, request);
  const fault = world.faults.take(route.path, call.owner.appid);
  const log = (errcode: number, status: number | null, rid: string | null): void => {
    world.journal.addCall({
      time: call.now,
      method: request.method,
      path: route.path,
      appid: call.owner.appid,
      errcode,
      status,
      clientIp: call.clientIp,
      ms: Math.round(performance.now() - startedAt),
      rid,
    });
  };
  if (fault?.drop === 'before') {
    log(0, null, null);
    return cut(request, reply);
  }
  const status = fault?.status ?? 200;
  const outcome = await carryOut(world, route, request.method, call, fault);
  if (fault?.delayMs) {
    await delay(fault.delayMs, undefined, { signal: closing }).catch((error: unknown) => {
      // Closing the sandbox ends the wait early; there is nobody left to answer then.
      if (!closing.aborted) throw error;
    });
  }
  keepRid(world, call, outcome, performance.now() - startedAt);
  if (fault?.drop === 'after') {
    log(outcome.errcode, null, outcome.rid);
    return cut(request, reply);
  }
  log(outcome.errcode, status, outcome.rid);
  reply.code(status).header('content-type', outcome.contentType);
  if (outcome.disposition !== null) reply.header('content-disposition', outcome.disposition);
  return reply.send(outcome.payload);
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function toCall(world: World, route: ApiRoute, request: FastifyRequest): OpenCall {
  const query: Record<string, string> = {};
  for (const [key, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) query[key] = last;
  }
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const token = tokenIn(query);
  const appid = query['appid'] ?? (route.auth === 'none' ? appidIn(rawBody) : '');
  return {
    world,
    now: world.clock.now(),
    query,
    contentType: request.headers['content-type'] ?? '',
    rawBody,
    clientIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    owner: { appid: token === '' ? world.knownAppid(appid) : world.appidOfToken(token) },
  };
}

/** Calls of platforms may name their token either way (auth-component.md §2). */
export function tokenIn(query: Readonly<Record<string, string>>): string {
  return query['access_token'] ?? query['component_access_token'] ?? '';
}

/** The appid a token request names in its JSON; '' when it names none. Only for the record: the handler checks it. */
function appidIn(body: Buffer): string {
  return /"(?:component_)?appid"\s*:\s*"(\w{1,64})"/.exec(body.toString('utf8', 0, 4096))?.[1] ?? '';
}

async function carryOut(
  world: World,
  route: ApiRoute,
  method: string,
  call: OpenCall,
  fault: Fault | null,
): Promise<Outcome> {
  if (fault?.status !== undefined) {
    const page = `<html><head><title>${fault.status}</title></head><body>${fault.status}</body></html>`;
    return { errcode: -1, rid: null, contentType: 'text/html', disposition: null, payload: page };
  }
  try {
    if (fault?.errcode !== undefined && fault.errcode !== 0) {
      fail(fault.errcode, fault.errmsg === undefined ? {} : { errmsg: fault.errmsg });
    }
    const result = await run(route, method, call);
    if (result instanceof BinaryAnswer) {
      return {
        errcode: 0,
        rid: null,
        contentType: result.contentType,
        disposition: `attachment; filename="${result.filename}"`,
        payload: result.bytes,
      };
    }
    return jsonOutcome(0, null, isJsonObject(result) ? result : {});
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const rid = world.newRid();
    const body = { errcode: error.errcode, errmsg: `${error.message} rid: ${rid}`, ...error.extra };
    return jsonOutcome(error.errcode, rid, body);
  }
}

function jsonOutcome(errcode: number, rid: string | null, body: JsonObject): Outcome {
  return { errcode, rid, contentType: JSON_TYPE, disposition: null, payload: toJson(body) };
}

/** The checks before a handler, in WeChat's order: token, method, permission, quota (errcodes.md §I). */
function run(route: ApiRoute, method: string, call: OpenCall): unknown {
  if (route.auth === 'none') {
    requireMethod(route.method, method);
    return route.handle(call);
  }
  const token = tokenIn(call.query);
  const checkMethod = (): void => requireMethod(route.method, method);
  if (route.auth === 'component') {
    const component = proveComponent(call, token, checkMethod);
    takeQuota(component.quotas, route.path, call.now);
    return route.handle({ ...call, component });
  }
  if (route.auth === 'owner') {
    const caller = proveCaller(call, token, checkMethod);
    takeQuota(caller.quotas, route.path, call.now);
    return route.handle({ ...call, caller });
  }
  const account = proveAccount(call, token, route, checkMethod);
  takeQuota(account.quotas, route.path, call.now);
  return route.handle({ ...call, account });
}

function requireMethod(expected: Method, actual: string): void {
  if (expected !== actual) fail(expected === 'GET' ? 43001 : 43002);
}

function keepRid(world: World, call: OpenCall, outcome: Outcome, ms: number): void {
  if (outcome.rid === null) return;
  const query = new URLSearchParams(call.query);
  for (const name of ['secret', 'component_access_token']) if (query.has(name)) query.set(name, '***');
  const isForm = /^multipart\//i.test(call.contentType);
  world.journal.addRid(outcome.rid, {
    appid: call.owner.appid,
    invokeTime: call.now,
    costMs: Math.max(1, Math.round(ms)),
    requestUrl: query.toString(),
    // Files are not kept, and a secret in a body is masked: it must not come back by any call.
    requestBody: isForm ? '' : maskSecrets(call.rawBody.toString('utf8', 0, 4096)),
    responseBody: outcome.payload.toString(),
    clientIp: call.clientIp,
  });
}

function maskSecrets(body: string): string {
  return body.replace(/("\w*(?:secret|ticket|refresh_token)"\s*:\s*")[^"]*"/gi, '$1***"');
}
