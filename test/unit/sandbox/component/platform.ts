import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '#shared/log';
import {
  createPreAuthCode,
  fetchComponentToken,
  redeemAuthorizationCode,
  type Authorization,
} from '#wechat/api/component';
import type { ComponentCall, ComponentToken } from '#wechat/api/component-call';
import { openCallback } from '#wechat/callback/callback';
import { parseXml, xmlText } from '#wechat/callback/xml';
import { postJson, until, type Json, type Running } from '../harness';

export const COMPONENT = {
  componentAppid: 'wxc0mponent000001',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'componenttoken',
  encodingAESKey: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba',
} as const;

/** One request of WeChat at the platform, opened with the component's keys. */
export interface Opened {
  readonly path: string;
  readonly xml: string;
  text(tag: string): string | null;
}

export interface Answer {
  readonly status?: number;
  readonly body: string;
}

/** A provider's server on a real socket: ticket URL, callback URL and the landing page. */
export interface Platform {
  readonly origin: string;
  readonly redirectUri: string;
  /** What arrived at the ticket URL, and at the callback URL. */
  readonly events: Opened[];
  readonly messages: Opened[];
  /** Queries that arrived at the landing page. */
  readonly landed: URLSearchParams[];
  /** In which order things of all three kinds came. */
  readonly order: string[];
  onEvent: (event: Opened) => Answer;
  onMessage: (message: Opened) => Answer | Promise<Answer>;
  lastTicket(): string;
  close(): Promise<void>;
}

export async function startPlatform(component = COMPONENT): Promise<Platform> {
  const platform = {
    origin: '',
    redirectUri: '',
    events: [] as Opened[],
    messages: [] as Opened[],
    landed: [] as URLSearchParams[],
    order: [] as string[],
    onEvent: (): Answer => ({ body: 'success' }),
    onMessage: (): Answer | Promise<Answer> => ({ body: 'success' }),
    lastTicket: () =>
      platform.events.map((event) => event.text('ComponentVerifyTicket')).findLast((ticket) => ticket) ?? '',
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const answer = async (path: string, query: URLSearchParams, body: string): Promise<Answer> => {
    if (path === '/landing') {
      platform.landed.push(query);
      platform.order.push('landing');
      return { body: 'thank you' };
    }
    const xml = openCallback({
      token: component.token,
      encodingAESKey: component.encodingAESKey,
      appid: component.componentAppid,
      query: Object.fromEntries(query),
      body,
      mode: 'safe',
    });
    const node = parseXml(xml);
    const opened: Opened = { path, xml, text: (tag) => xmlText(node, tag) };
    if (path === '/wx/component/ticket') {
      platform.events.push(opened);
      platform.order.push(opened.text('InfoType') ?? '');
      return (platform as Platform).onEvent(opened);
    }
    platform.messages.push(opened);
    return (platform as Platform).onMessage(opened);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      answer(pathname, searchParams, Buffer.concat(chunks).toString('utf8')).then(
        ({ status, body }) => response.writeHead(status ?? 200).end(body),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  platform.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  platform.redirectUri = `${platform.origin}/landing?state=s1`;
  return platform;
}

export function control(running: Running, path: string, body: unknown = {}): Promise<Json> {
  return postJson(running, `/__sandbox/components${path}`, body);
}

export const OF_COMPONENT = `/${COMPONENT.componentAppid}`;

/** Registers the platform and waits for its first ticket. */
export async function register(running: Running, platform: Platform, more: Json = {}): Promise<void> {
  const answer = await control(running, '', {
    ...COMPONENT,
    ticketUrl: `${platform.origin}/wx/component/ticket`,
    callbackUrl: `${platform.origin}/wx/component/$APPID$/callback`,
    ...more,
  });
  if ('error' in answer) throw new Error(JSON.stringify(answer['error']));
  await until(() => platform.lastTicket() !== '');
}

export function callOf(running: Running): ComponentCall {
  return { origin: running.origin, logger: silentLogger };
}

export async function tokenOf(running: Running, platform: Platform): Promise<ComponentToken> {
  const { componentAccessToken } = await fetchComponentToken(callOf(running), {
    componentAppid: COMPONENT.componentAppid,
    componentSecret: COMPONENT.secret,
    ticket: platform.lastTicket(),
  });
  return { componentAppid: COMPONENT.componentAppid, componentAccessToken };
}

/** Lets an account's administrator confirm, and redeems the code. */
export async function authorize(
  running: Running,
  component: ComponentToken,
  appid: string,
  more: Json = {},
): Promise<Authorization> {
  const { preAuthCode } = await createPreAuthCode(callOf(running), component);
  const answer = await control(running, `${OF_COMPONENT}/authorize`, { preAuthCode, appid, ...more });
  if ('error' in answer) throw new Error(JSON.stringify(answer['error']));
  return redeemAuthorizationCode(callOf(running), component, String(answer['authorizationCode']));
}
