import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#shared/log';
import { sendCustomerServiceMessage } from '#wechat/api/customer-service';
import { getTemporaryMedia, uploadTemporaryMedia } from '#wechat/api/media';
import { getAutoReplyInfo, getCurrentMenu, getMenu } from '#wechat/api/menu';
import { getQuota, getRidInfo } from '#wechat/api/quota';
import { createTag, getTags, tagFollowers } from '#wechat/api/tags';
import { batchGetUserInfo, getFollowers } from '#wechat/api/users';
import { openCallback } from '#wechat/callback/callback';
import { parseXml, xmlText } from '#wechat/callback/xml';
import { createWeChatClient, type WeChatClient } from '#wechat/client';
import { WeChatError } from '#wechat/errors';
import { NetworkError } from '#wechat/http';
import { probeAccount } from '#wechat/probe';
import type { SandboxAccount } from '#sandbox/app';
import {
  act,
  AES_KEY,
  connect,
  phone,
  postJson,
  startReceiver,
  startSandbox,
  TOKEN,
  type Receiver,
  type Running,
} from './harness';

let running: Running;
let receiver: Receiver;
let client: WeChatClient;
beforeEach(async () => {
  running = await startSandbox();
  receiver = await startReceiver(running.service);
  await connect(running, running.service, receiver);
  client = clientOf(running.service);
});
afterEach(async () => {
  await running.close();
  await receiver.close();
});

function clientOf({ appid, secret }: SandboxAccount): WeChatClient {
  return createWeChatClient({
    appid,
    secret: () => Promise.resolve(secret),
    origin: running.origin,
    clock: { now: () => Date.now() / 1000 },
    logger: silentLogger,
  });
}

describe("the product's client, with nothing changed but the host", () => {
  it('reads the whole account', async () => {
    expect(await probeAccount(client)).toEqual({ kind: 'service', verified: true });
    expect(await probeAccount(clientOf(running.subscription))).toEqual({
      kind: 'subscription',
      verified: true,
    });
    expect(await probeAccount(clientOf(running.unverified))).toEqual({ kind: null, verified: false });
    const page = await getFollowers(client);
    const users = await batchGetUserInfo(client, page.openids);
    expect(users.map((user) => user.subscribe)).toEqual(page.openids.map(() => 1));
    expect((await getFollowers(client, page.nextOpenid ?? '')).nextOpenid).toBeNull();
    const tag = await createTag(client, '新');
    await tagFollowers(client, tag.id, page.openids);
    expect((await getTags(client)).find(({ id }) => id === tag.id)?.count).toBe(30);
    expect(await getMenu(client)).toBeNull();
    expect((await getCurrentMenu(client)).is_menu_open).toBe(0);
    expect((await getAutoReplyInfo(client)).is_autoreply_open).toBe(0);
    expect((await getQuota(client, '/cgi-bin/user/get')).quota.used).toBe(2);
  });

  it('opens a push, answers it with a picture, and finds it on the phone', async () => {
    const [openid = ''] = (await getFollowers(client)).openids;
    await act(running, running.service, openid, { type: 'image' });
    const [push] = receiver.received;
    const xml = openCallback({
      token: TOKEN,
      encodingAESKey: AES_KEY,
      appid: running.service.appid,
      query: Object.fromEntries(push?.query ?? []),
      body: push?.body ?? '',
      mode: 'safe',
    });
    const fetched = await getTemporaryMedia(client, xmlText(parseXml(xml), 'MediaId') ?? '');
    if (fetched.kind !== 'file') throw new Error('a picture expected');
    const { mediaId } = await uploadTemporaryMedia(client, 'image', {
      filename: '回图.jpg',
      contentType: fetched.contentType,
      bytes: fetched.bytes,
    });
    await sendCustomerServiceMessage(client, openid, { kind: 'image', mediaId });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      via: 'customer-service',
      body: { mediaId },
    });
  });

  it('sees why it was refused, by a rid that can be looked up', async () => {
    const [openid = ''] = (await getFollowers(client)).openids;
    const refused = await sendCustomerServiceMessage(client, openid, { kind: 'text', text: '在吗' }).catch(
      (error: unknown) => error,
    );
    if (!(refused instanceof WeChatError)) throw new Error('a refusal expected');
    expect(refused.data).toMatchObject({
      errcode: 45015,
      errmsg: 'response out of time limit or subscription is canceled',
    });
    const seen = await getRidInfo(client, refused.data.rid ?? '');
    expect(seen.request_body).toContain('在吗');
  });

  it('cannot know what became of a send whose answer was dropped', async () => {
    const [openid = ''] = (await getFollowers(client)).openids;
    await act(running, running.service, openid, { type: 'text' });
    await postJson(running, '/__sandbox/faults', {
      path: '/cgi-bin/message/custom/send',
      drop: 'after',
      times: 1,
    });
    const failed = await sendCustomerServiceMessage(client, openid, { kind: 'text', text: '到了吗' }).catch(
      (error: unknown) => error,
    );
    if (!(failed instanceof NetworkError)) throw new Error('a network error expected');
    expect(failed.outcome).toBe('unknown');
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      body: { content: '到了吗' },
    });
  });

  it('gets over a token that another program has killed', async () => {
    await client.ensureToken();
    const { appid, secret } = running.service;
    await postJson(running, '/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid,
      secret,
      force_refresh: true,
    });
    expect((await getFollowers(client)).total).toBe(30);
  });
});
