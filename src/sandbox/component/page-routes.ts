import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { permissionSet } from '#shared/domain/permission-sets';
import type { Localized } from '#shared/localized';
import type { World } from '../state/world';
import type { Attempt } from './attempt';
import {
  AuthorizationRefused,
  confirm,
  pushEvent,
  refuse,
  requirePreAuthCode,
  type Scanner,
} from './authorize';
import type { Component } from './component';
import { languageOf, PAGE_TEXTS, REFUSALS, type Language } from './page-texts';
import { renderNotice, renderPage } from './page';
import type { PlatformPusher } from './platform-push';

/** Official Accounts are among what these values of auth_type offer. */
const AUTH_TYPES_WITH_ACCOUNTS = ['', '1', '3', '6'];

interface ById {
  readonly Params: { readonly id: string };
}

/** The authorization page for a computer's browser (auth-component.md §3), on the sandbox's own origin. */
export function serveAuthorizationPage(app: FastifyInstance, world: World, pusher: PlatformPusher): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  );

  app.get('/cgi-bin/componentloginpage', (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    return orRefusal(reply, language, () => {
      const query = request.query as Readonly<Record<string, string | string[] | undefined>>;
      const attempt = open(world, request.headers.referer, (name) => String(query[name] ?? ''));
      return show(world, reply, attempt, language, null);
    });
  });

  app.get<ById>('/__sandbox/authorization-page/:id', (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    return orRefusal(reply, language, () =>
      show(world, reply, attemptOf(world, request.params.id), language, null),
    );
  });

  app.post<ById>('/__sandbox/authorization-page/:id', (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    return orRefusal(reply, language, () => act(world, pusher, request, reply, language));
  });
}

/** Opens a page after WeChat's checks. Raises AuthorizationRefused. */
function open(world: World, referer: string | undefined, field: (name: string) => string): Attempt {
  const component = world.components.get(field('component_appid')) ?? refuse('unknown-component');
  const redirectUri = webAddress(field('redirect_uri')) ?? refuse('bad-redirect-uri');
  const from = webAddress(referer ?? '');
  const { startDomain } = component.settings;
  if (from?.host !== redirectUri.host) refuse('referer');
  if (startDomain !== null && startDomain !== redirectUri.hostname) refuse('referer');
  const preAuthCode = field('pre_auth_code');
  requirePreAuthCode(component, preAuthCode, world.clock.now());
  if (!AUTH_TYPES_WITH_ACCOUNTS.includes(field('auth_type'))) refuse('nothing-to-authorize');
  return world.attempts.open({
    component,
    preAuthCode,
    redirectUri: redirectUri.href,
    bizAppid: field('biz_appid') || null,
    sets: offeredSets(component, field('category_id_list')),
    openedAt: world.clock.now(),
  });
}

function webAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** Sets asked for in the link; those of the published platform when it asks for none. */
function offeredSets(component: Component, list: string): readonly number[] {
  const asked = list
    .split('|')
    .filter((id) => /^\d{1,3}$/.test(id))
    .map(Number);
  return asked.length === 0
    ? component.settings.permissionSets
    : asked.filter((id) => permissionSet(id) !== null);
}

function attemptOf(world: World, id: string): Attempt {
  return world.attempts.get(id) ?? refuse('bad-pre-auth-code');
}

function act(
  world: World,
  pusher: PlatformPusher,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  language: Language,
): FastifyReply {
  const attempt = attemptOf(world, request.params.id);
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const as = form.get('as');
  if (attempt.state !== 'waiting') return show(world, reply, attempt, language, null);
  if (as === 'refuse') {
    attempt.state = 'refused';
    return show(world, reply, attempt, language, null);
  }
  const account = world.account(form.get('account') ?? '');
  if (account === null || !isScanner(as))
    return show(world, reply, attempt, language, REFUSALS['other-kind']);
  try {
    const { redirectUrl, event, othersEvents } = confirm(world, attempt.component, {
      preAuthCode: attempt.preAuthCode,
      account,
      sets: form.getAll('set').map(Number),
      as,
      redirectUri: attempt.redirectUri,
      bizAppid: attempt.bizAppid,
    });
    attempt.state = 'confirmed';
    // The browser is on its way back while WeChat tells the platform; nobody knows who arrives first.
    for (const one of [...(event === null ? [] : [event]), ...othersEvents]) void pushEvent(pusher, one);
    return reply.redirect(redirectUrl ?? attempt.redirectUri, 303);
  } catch (error) {
    if (!(error instanceof AuthorizationRefused) || error.reason === 'expired') throw error;
    return show(world, reply, attempt, language, REFUSALS[error.reason]);
  }
}

function isScanner(as: string | null): as is Scanner {
  return as === 'administrator' || as === 'operator' || as === 'other-kind';
}

/** The page as it stands now. Raises AuthorizationRefused once the code has expired. */
function show(
  world: World,
  reply: FastifyReply,
  attempt: Attempt,
  language: Language,
  alert: Localized | null,
): FastifyReply {
  if (attempt.state !== 'waiting')
    return send(reply, 200, renderNotice(language, PAGE_TEXTS[attempt.state]), null);
  const now = world.clock.now();
  requirePreAuthCode(attempt.component, attempt.preAuthCode, now);
  const expiresAt = attempt.component.preAuthCodes.expiresAt(attempt.preAuthCode) ?? now;
  const html = renderPage({
    attempt,
    language,
    accounts: world.accounts().filter(({ standing }) => !standing.banned && !standing.frozen),
    expiresAt,
    lookAgainAfter: world.clock.manual ? null : expiresAt - now,
    alert,
  });
  return send(reply, 200, html, new URL(attempt.redirectUri).origin);
}

/** Answers with the page, or with the reason why WeChat refuses. */
function orRefusal(reply: FastifyReply, language: Language, answer: () => FastifyReply): FastifyReply {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof AuthorizationRefused)) throw error;
    return send(reply, 400, renderNotice(language, REFUSALS[error.reason]), null);
  }
}

/** `formTarget`: where the form may lead to besides the sandbox, as a browser applies the rule to redirects too. */
function send(reply: FastifyReply, status: number, html: string, formTarget: string | null): FastifyReply {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${formTarget ?? ''}; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy)
    .send(html);
}
