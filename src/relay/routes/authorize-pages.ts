import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from '#shared/log';
import { authorizationParams } from '#shared/relay/protocol';
import { startPage, statePage, unavailablePage } from '../component/authorization-pages';
import type { Component } from '../component/component';
import { codeEnd } from '../component/redeemer';
import { answerFor, toAppError } from '../errors';
import { sendPage } from '../pages/page';

/** Requests per minute and address: a person opens each page a few times. */
const VISITS = 60;
/** Milliseconds the landing page waits for the outcome before it shows that it is under way. */
const PATIENCE_MS = 2_500;
/** Characters; WeChat's own stay below 200. */
const MAX_CODE = 1_024;

export interface AuthorizePagesContext {
  readonly component: Component;
  readonly clock: { now(): number };
  readonly log: Logger;
}

/**
 * What the administrator's browser sees of an attempt: `/authorize/<attempt>`, from which WeChat's page must be reached (it
 * checks the Referer against 授权发起页域名), and `/authorize/<attempt>/return`, where WeChat sends it back with the code.
 */
export function authorizePages(app: FastifyInstance, context: AuthorizePagesContext): void {
  const { component, clock, log } = context;
  const options = { config: { rateLimit: { max: VISITS, timeWindow: 60_000 } } };

  app.get('/authorize/:id', options, async (request, reply) => {
    const id = attemptId(request);
    const attempt = id === null ? null : await component.attempts.find(id);
    if (id === null || attempt === null) return sendPage(request, reply, 404, statePage(null));
    let href: string | null;
    try {
      href = await component.continueAt(id);
    } catch (error) {
      const { code } = toAppError(error);
      log.error('start-page-failed', { errorCode: code, error });
      return sendPage(request, reply, Math.max(answerFor(code).status, 500), unavailablePage(code));
    }
    if (href !== null) return sendPage(request, reply, 200, startPage(attempt, href));
    return sendPage(request, reply, 200, statePage(await component.attempts.find(id)));
  });

  app.get('/authorize/:id/return', options, async (request, reply) => {
    const id = attemptId(request);
    if (id === null || (await component.attempts.find(id)) === null)
      return sendPage(request, reply, 404, statePage(null));
    const { auth_code: code, expires_in: life } = request.query as Readonly<Record<string, unknown>>;
    if (typeof code === 'string' && code !== '' && code.length <= MAX_CODE) {
      const expiresAt = codeEnd(typeof life === 'string' ? life : null, clock.now());
      const hash = await component.redeemer.offer(code, { attemptId: id, event: null, expiresAt });
      await component.redeemer.outcome(hash, PATIENCE_MS);
    }
    return sendPage(request, reply, 200, statePage(await component.attempts.find(id)));
  });
}

function attemptId(request: FastifyRequest): string | null {
  const parsed = authorizationParams.safeParse(request.params);
  return parsed.success ? parsed.data.id : null;
}
