import type { FastifyInstance } from 'fastify';
import type { Stage } from '../acts/act';
import { accountOf, requireAddresses } from '../control/account-routes';
import { ControlError } from '../control/errors';
import { quotaBody } from '../control/schemas';
import type { World } from '../state/world';
import { cancel, pushEvent } from './authorize';
import type { Component, ComponentConfig, ComponentSettings } from './component';
import { authorizeFor, type AuthorizeRequest } from './control-authorize';
import {
  authorizeBody,
  cancelBody,
  componentBody,
  releaseCheckBody,
  settingsBody,
  ticketsBody,
} from './control-schemas';
import type { PlatformPusher } from './platform-push';
import { checkRelease } from './release-check';
import type { TicketService } from './ticket-service';

interface ByAppid {
  readonly Params: { readonly appid: string };
}

export interface ComponentServices {
  readonly stage: Stage;
  readonly pusher: PlatformPusher;
  readonly tickets: TicketService;
}

const BASE = '/__sandbox/components';
/** How long a platform has for the customer-service message of the release check, milliseconds. */
const RELEASE_WAIT_MS = 15_000;

/** Third-party platforms: registering them, their tickets, and what administrators of accounts do about them. */
export function componentRoutes(app: FastifyInstance, world: World, services: ComponentServices): void {
  const { stage, pusher, tickets } = services;
  const of = (appid: string): Component => {
    const component = world.components.get(appid);
    if (component === null)
      throw new ControlError(404, 'unknown-component', `no platform has the appid ${appid}`);
    return component;
  };

  app.post<{ Body: ComponentConfig & Partial<ComponentSettings> }>(
    BASE,
    { schema: { body: componentBody } },
    ({ body }) => {
      const { componentAppid, secret, ticketUrl, callbackUrl, token, encodingAESKey, ...settings } = body;
      if (!URL.canParse(ticketUrl) || !URL.canParse(callbackUrl))
        throw new ControlError(400, 'invalid-body', 'ticketUrl or callbackUrl is not a URL');
      if (world.account(componentAppid) !== null)
        throw new ControlError(409, 'appid-taken', 'an account has this appid');
      if (settings.ipWhitelist !== undefined) requireAddresses(settings.ipWhitelist);
      const config = { componentAppid, secret, ticketUrl, callbackUrl, token, encodingAESKey };
      const component = world.components.register(config, world.seed, world.clock.now());
      Object.assign(component.settings, settings);
      tickets.pushDue();
      return describe(world, component);
    },
  );
  app.get(BASE, () => world.components.all().map((component) => describe(world, component)));
  app.get<ByAppid>(`${BASE}/:appid`, ({ params }) => describe(world, of(params.appid)));

  app.post<ByAppid & { Body: Partial<ComponentSettings> }>(
    `${BASE}/:appid/settings`,
    { schema: { body: settingsBody } },
    ({ params, body }) => {
      if (body.ipWhitelist !== undefined) requireAddresses(body.ipWhitelist);
      return Object.assign(of(params.appid).settings, body);
    },
  );
  app.post<ByAppid & { Body: { path: string; dailyLimit: number } }>(
    `${BASE}/:appid/quota`,
    { schema: { body: quotaBody } },
    ({ params, body }) => {
      of(params.appid).quotas.setDailyLimit(body.path, body.dailyLimit);
      return { ok: true };
    },
  );
  app.post<ByAppid & { Body: { push?: boolean; lose?: number; paused?: boolean } }>(
    `${BASE}/:appid/tickets`,
    { schema: { body: ticketsBody } },
    async ({ params, body }) => {
      const component = of(params.appid);
      if (body.paused !== undefined) component.tickets.paused = body.paused;
      component.tickets.lose(body.lose ?? 0);
      const push = body.push ? await tickets.pushNow(component) : null;
      return { toLose: component.tickets.toLose, paused: component.tickets.paused, push };
    },
  );

  app.post<ByAppid & { Body: AuthorizeRequest }>(
    `${BASE}/:appid/authorize`,
    { schema: { body: authorizeBody } },
    ({ params, body }) => authorizeFor(world, pusher, of(params.appid), accountOf(world, body.appid), body),
  );
  app.post<ByAppid & { Body: { appid: string; event?: boolean } }>(
    `${BASE}/:appid/cancel`,
    { schema: { body: cancelBody } },
    async ({ params, body }) => {
      const event = cancel(of(params.appid), body.appid);
      if (event === null) throw new ControlError(409, 'not-authorized', 'the account has not authorized it');
      return { event: body.event === false ? null : await pushEvent(pusher, event) };
    },
  );
  app.post<ByAppid & { Body: { waitMs?: number } }>(
    `${BASE}/:appid/release-check`,
    { schema: { body: releaseCheckBody } },
    ({ params, body }) =>
      checkRelease(world, stage, tickets, of(params.appid), body.waitMs ?? RELEASE_WAIT_MS),
  );
}

function describe(world: World, component: Component): Readonly<Record<string, unknown>> {
  const { ticketUrl, callbackUrl } = component.config;
  return {
    componentAppid: component.appid,
    ticketUrl,
    callbackUrl,
    ...component.settings,
    tickets: {
      delivered: component.tickets.delivered,
      paused: component.tickets.paused,
      toLose: component.tickets.toLose,
    },
    authorizers: component.authorizations().map(({ account, sets, authorizedAt }) => ({
      appid: account.appid,
      sets,
      authorizedAt,
    })),
    attempts: world.attempts.of(component).map(({ id, state, openedAt, redirectUri, bizAppid, sets }) => ({
      id,
      state,
      openedAt,
      redirectUri,
      bizAppid,
      sets,
    })),
    pushes: component.pushes(),
  };
}
