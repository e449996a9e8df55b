import { requireAddress } from '../api/prove';
import { takeQuota } from '../api/quota';
import { fail } from '../api/errors';
import { jsonBody, OK, textOf, type ApiRoute, type OpenCall } from '../api/route';
import type { JsonObject } from '../json';
import type { QuotaBook } from '../state/quotas';
import { COMPONENT_TOKEN_PATH, type Component } from './component';
import type { TicketService } from './ticket-service';

/** The calls of a platform that prove it by its secret (auth-component.md §2, rows 0, 2 and 11). */
export function componentTokenRoutes(tickets: TicketService): readonly ApiRoute[] {
  return [
    {
      path: '/cgi-bin/component/api_start_push_ticket',
      method: 'POST',
      auth: 'none',
      handle: (call) => {
        const body = jsonBody(call);
        const component = prove(call, body, 'component_secret');
        takeQuota(component.quotas, '/cgi-bin/component/api_start_push_ticket', call.now);
        const book = component.tickets;
        if (!book.paused && book.delivered) return { ...OK, errmsg: 'in a normal state' };
        book.paused = false;
        // Nobody waits for the delivery: the answer to this call comes first.
        void tickets.pushNow(component);
        return OK;
      },
    },
    {
      path: COMPONENT_TOKEN_PATH,
      method: 'POST',
      auth: 'none',
      handle: (call) => {
        const body = jsonBody(call);
        const component = prove(call, body, 'component_appsecret');
        const ticket = textOf(body, 'component_verify_ticket');
        if (ticket === '') fail(41020);
        const standing = component.tickets.standing(ticket, call.now);
        if (standing === 'expired') fail(61005);
        if (standing === 'unknown') fail(61006);
        takeQuota(component.quotas, COMPONENT_TOKEN_PATH, call.now);
        const { accessToken, expiresIn } = component.tokens.issueClassic(call.now);
        return { component_access_token: accessToken, expires_in: expiresIn };
      },
    },
    {
      path: '/cgi-bin/component/clear_quota/v2',
      method: 'POST',
      auth: 'none',
      handle: (call) => {
        const body = jsonBody(call);
        const component = prove(call, body, 'appsecret');
        const quotas = quotasOf(component, textOf(body, 'appid'));
        if (!quotas.clearAll(call.now)) fail(48006);
        return OK;
      },
    },
  ];
}

/** The platform named in the body. Raises 41018, 40013, 41019, 40125, 61004. */
function prove(call: OpenCall, body: JsonObject, secretField: string): Component {
  const appid = textOf(body, 'component_appid');
  if (appid === '') fail(41018);
  const component = call.world.components.get(appid) ?? fail(40013);
  call.owner.appid = appid;
  const secret = textOf(body, secretField);
  if (secret === '') fail(41019);
  if (secret !== component.config.secret) fail(40125);
  requireAddress(call, component);
  return component;
}

/** The counts of the platform itself, or of an account that has authorized it. */
function quotasOf(component: Component, appid: string): QuotaBook {
  if (appid === '') fail(41002);
  if (appid === component.appid) return component.quotas;
  return (component.authorizationOf(appid) ?? fail(61003)).account.quotas;
}
