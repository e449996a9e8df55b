import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizationPageUrl, createPreAuthCode, redeemAuthorizationCode } from '#wechat/api/component';
import type { ComponentToken } from '#wechat/api/component-call';
import { advance, getJson, startSandbox, until, type Json, type Running } from '../harness';
import {
  callOf,
  COMPONENT,
  control,
  OF_COMPONENT,
  register,
  startPlatform,
  tokenOf,
  type Platform,
} from './platform';

const WRONG_DOMAIN = '请确认授权入口页所在域名，与授权后回调URL的域名相同';

let running: Running;
let platform: Platform;
let component: ComponentToken;
let preAuthCode: string;
beforeEach(async () => {
  running = await startSandbox({ push: { deadlineMs: 2_000, gapMs: 20, attempts: 1 } });
  platform = await startPlatform();
  await register(running, platform);
  component = await tokenOf(running, platform);
  ({ preAuthCode } = await createPreAuthCode(callOf(running), component));
});
afterEach(async () => {
  await running.close();
  await platform.close();
});

const pageUrl = (more: Partial<Parameters<typeof authorizationPageUrl>[1]> = {}): URL =>
  authorizationPageUrl(running.origin, {
    componentAppid: COMPONENT.componentAppid,
    preAuthCode,
    redirectUri: platform.redirectUri,
    ...more,
  });

interface Shown {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

async function visit(url: URL | string, headers: Record<string, string> = {}): Promise<Shown> {
  const response = await fetch(url, { headers: { referer: `${platform.origin}/start`, ...headers } });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

/** Presses a button of the page with everything as it is pre-set, or as told. */
async function press(
  page: Shown,
  as: string,
  change: { account?: string; sets?: readonly number[] } = {},
): Promise<Response> {
  const action = /action="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const account = change.account ?? /name="account" value="([^"]+)" checked/.exec(page.html)?.[1] ?? '';
  const sets =
    change.sets ?? [...page.html.matchAll(/name="set" value="(\d+)" checked/g)].map(([, id]) => Number(id));
  return fetch(running.origin + action, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams([
      ['account', account],
      ['as', as],
      ...sets.map((id): [string, string] => ['set', String(id)]),
    ]),
  });
}

describe('the authorization page', () => {
  it('is reached from a page on the host of the redirect address only', async () => {
    expect(await visit(pageUrl())).toMatchObject({ status: 200 });
    for (const referer of ['https://other.example/start', 'nonsense']) {
      const page = await visit(pageUrl(), { referer });
      expect(page.status).toBe(400);
      expect(page.html).toContain(WRONG_DOMAIN);
    }
    const typed = await fetch(pageUrl());
    expect(await typed.text()).toContain(WRONG_DOMAIN);
    await control(running, `${OF_COMPONENT}/settings`, { startDomain: 'relay.example.com' });
    expect((await visit(pageUrl())).html).toContain(WRONG_DOMAIN);
  });

  it('refuses a wrong platform, code, redirect address or kind of account', async () => {
    const refusal = async (url: URL): Promise<string> => {
      const page = await visit(url);
      expect(page.status).toBe(400);
      return /role="alert">([^<]*)</.exec(page.html)?.[1] ?? '';
    };
    expect(await refusal(pageUrl({ componentAppid: 'wxother' }))).toContain('component_appid');
    expect(await refusal(pageUrl({ preAuthCode: 'preauthcode@@@x' }))).toBe('预授权码无效');
    expect(await refusal(pageUrl({ redirectUri: 'javascript:alert(1)' }))).toContain('redirect_uri');
    const miniPrograms = pageUrl();
    miniPrograms.searchParams.set('auth_type', '2');
    expect(await refusal(miniPrograms)).toContain('auth_type');
    await advance(running, 1800);
    expect(await refusal(pageUrl())).toContain('已过期');
  });

  it('speaks Chinese, and English to whom prefers it', async () => {
    expect((await visit(pageUrl())).html).toContain('授权给第三方平台');
    const english = await visit(pageUrl(), { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.3' });
    expect(english.html).toContain('Authorize a third-party platform');
    const chinese = await visit(pageUrl(), { 'accept-language': 'en;q=0.3,zh-CN' });
    expect(chinese.html).toContain('<html lang="zh-CN">');
  });

  it('loads nothing from anywhere and runs nothing', async () => {
    const { html, headers } = await visit(pageUrl());
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<img|<link|src=|https?:\/\//);
    expect(html).toContain('<svg');
  });

  it('offers the sets of the link, or those of the platform', async () => {
    const offered = (page: Shown): number[] =>
      [...page.html.matchAll(/name="set" value="(\d+)"/g)].map(([, id]) => Number(id));
    expect(offered(await visit(pageUrl({ permissionSets: [1, 15, 17] })))).toEqual([1, 15]);
    await control(running, `${OF_COMPONENT}/settings`, { permissionSets: [1, 2] });
    expect(offered(await visit(pageUrl()))).toEqual([1, 2]);
  });
});

describe('at the page', () => {
  it('the administrator confirms, and the browser goes back with a code that the event carries too', async () => {
    const page = await visit(pageUrl());
    const response = await press(page, 'administrator', { sets: [1, 2] });
    expect(response.status).toBe(303);
    const back = new URL(response.headers.get('location') ?? '');
    expect(back.href.startsWith(platform.redirectUri)).toBe(true);
    await until(() => platform.order.includes('authorized'));
    const code = back.searchParams.get('auth_code') ?? '';
    expect(platform.events.at(-1)?.text('AuthorizationCode')).toBe(code);
    expect(await redeemAuthorizationCode(callOf(running), component, code)).toMatchObject({
      authorizerAppid: running.service.appid,
      permissionSets: [1, 2],
    });
    expect((await visit(pageUrl())).html).toContain('预授权码重复使用');
  });

  it('an operator is told that only the administrator can confirm', async () => {
    const page = await visit(pageUrl(), { 'accept-language': 'en' });
    const response = await press(page, 'operator');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('只有管理员可以确认授权');
    expect((await press(page, 'administrator')).status).toBe(303);
  });

  it('an account of another kind, or another one than the link is for, is refused', async () => {
    const page = await visit(pageUrl({ bizAppid: running.subscription.appid }));
    expect(await (await press(page, 'other-kind')).text()).toContain('该账号类型不能授权');
    const other = await press(page, 'administrator', { account: running.service.appid });
    expect(await other.text()).toContain('只允许指定的账号');
    expect(await (await press(page, 'administrator', { sets: [] })).text()).toContain('至少选择一个');
    expect((await press(page, 'administrator')).status).toBe(303);
  });

  it('a refusal ends the attempt without a word to the platform', async () => {
    const page = await visit(pageUrl());
    const before = platform.order.length;
    expect(await (await press(page, 'refuse')).text()).toContain('已拒绝授权');
    expect((await press(page, 'administrator')).status).toBe(200);
    expect(platform.order).toHaveLength(before);
    const view = await getJson(running, `/__sandbox/components${OF_COMPONENT}`);
    expect(view['attempts']).toMatchObject([{ state: 'refused' }]);
    expect(view['authorizers']).toEqual([]);
  });

  it('nothing can be confirmed after the code has expired', async () => {
    const page = await visit(pageUrl());
    await advance(running, 1800);
    const response = await press(page, 'administrator');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('已过期');
  });

  it('a test can confirm an open page by control call', async () => {
    await visit(pageUrl({ permissionSets: [1, 15] }));
    const view = await getJson(running, `/__sandbox/components${OF_COMPONENT}`);
    const [attempt] = view['attempts'] as Json[];
    const body = { attempt: attempt?.['id'], appid: running.service.appid };
    const answer = await control(running, `${OF_COMPONENT}/authorize`, body);
    expect(answer).toMatchObject({ redirect: { status: 200 }, infoType: 'authorized' });
    expect(platform.landed).toHaveLength(1);
    expect(await control(running, `${OF_COMPONENT}/authorize`, body)).toMatchObject({
      error: { code: 'attempt-over' },
    });
  });
});

it('an open page looks again when the code expires, unless the clock stands still', async () => {
  const real = await startSandbox({ manualClock: false });
  const its = await startPlatform();
  try {
    await register(real, its);
    const token = await tokenOf(real, its);
    const code = await createPreAuthCode(callOf(real), token);
    const url = authorizationPageUrl(real.origin, {
      componentAppid: COMPONENT.componentAppid,
      preAuthCode: code.preAuthCode,
      redirectUri: platform.redirectUri,
    });
    const page = await visit(url);
    const again = /http-equiv="refresh" content="(\d+);url=([^"]+)"/.exec(page.html);
    expect(Number(again?.[1])).toBeGreaterThan(1700);
    expect((await visit(real.origin + (again?.[2] ?? ''))).status).toBe(200);
    expect((await visit(pageUrl())).html).not.toContain('http-equiv');
  } finally {
    await real.close();
    await its.close();
  }
});
