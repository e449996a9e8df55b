import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  advance,
  Caller,
  firstOpenid,
  openids,
  phone,
  postJson,
  startSandbox,
  windowOf,
  type Json,
  type Running,
} from './harness';

const HOUR = 3600;
let running: Running;
let caller: Caller;
let openid: string;
beforeEach(async () => {
  running = await startSandbox();
  caller = await Caller.of(running, running.service);
  openid = await firstOpenid(running, running.service);
});
afterEach(() => running.close());

const does = (input: Json, who = openid): ReturnType<typeof act> => act(running, running.service, who, input);
const send = (body: Json): Promise<Json> => caller.post('/cgi-bin/message/custom/send', body);

async function sendUntilRefused(who = openid): Promise<{ sent: number; errcode: unknown }> {
  for (let sent = 0; ; sent += 1) {
    const { errcode } = await caller.sendText(who);
    if (errcode !== 0) return { sent, errcode };
  }
}

async function renewToken(): Promise<void> {
  caller = await Caller.of(running, running.service);
}

describe('the customer-service window', () => {
  it('[S3.10][S3.11] opens five replies for 48 hours by a message, and closes by count', async () => {
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 45015 });
    await does({ type: 'text', content: '在吗' });
    expect(await sendUntilRefused()).toEqual({ sent: 5, errcode: 45047 });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ open: false, reason: 'count' });
  });

  it('[S2.4][S3.11] closes by time after 48 hours, whatever is left', async () => {
    await does({ type: 'image' });
    await advance(running, 48 * HOUR - 1);
    await renewToken();
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 0 });
    await advance(running, 1);
    const refused = await caller.sendText(openid);
    expect(refused['errcode']).toBe(45015);
    expect(refused['errmsg']).toMatch(
      /^response out of time limit or subscription is canceled rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/,
    );
    expect(await windowOf(running, running.service, openid)).toMatchObject({ open: false, reason: 'time' });
  });

  it.each([
    ['a menu click', { type: 'click', key: 'TODAY' }],
    ['scancode_push', { type: 'scancode_push' }],
    ['scancode_waitmsg', { type: 'scancode_waitmsg' }],
    ['a scan of a QR code', { type: 'scan', scene: 'table_3' }],
    ['a tap on a menu message', { type: 'text', content: '满意', menuItemId: '101' }],
  ])('[S1.13][S2.5][S3.10] opens three replies for one minute by %s', async (_name, input) => {
    await does(input);
    expect(await windowOf(running, running.service, openid)).toMatchObject({ open: true, remaining: 3 });
    await advance(running, 59);
    expect(await sendUntilRefused()).toEqual({ sent: 3, errcode: 45047 });
    await advance(running, 1);
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 45015 });
  });

  it.each([
    ['VIEW', { type: 'view' }],
    ['view_miniprogram', { type: 'view_miniprogram' }],
    ['LOCATION', { type: 'LOCATION' }],
    ['a payment', { type: 'event', event: 'merchant_order', nodes: { OrderId: '1' } }],
  ])('[S1.13] stays closed after %s', async (_name, input) => {
    await does(input);
    expect(await windowOf(running, running.service, openid)).toMatchObject({ reason: 'never-opened' });
  });

  it('opens by the picture that follows a picture button, and by a chosen place', async () => {
    await does({ type: 'pic_weixin' });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ remaining: 5 });
    const [, other = ''] = await openids(running, running.service);
    await does({ type: 'location_select' }, other);
    expect(await windowOf(running, running.service, other)).toMatchObject({ remaining: 5 });
  });

  it('[S3.12] starts anew with every message', async () => {
    await does({ type: 'text' });
    await sendUntilRefused();
    await advance(running, 40 * HOUR);
    await does({ type: 'voice' });
    await renewToken();
    expect((await windowOf(running, running.service, openid))['remaining']).toBe(5);
    await advance(running, 47 * HOUR);
    await renewToken();
    expect(await sendUntilRefused()).toEqual({ sent: 5, errcode: 45047 });
  });

  it('keeps the larger count and the later end when grants overlap', async () => {
    await does({ type: 'text' });
    for (let i = 0; i < 4; i += 1) await caller.sendText(openid);
    const before = await windowOf(running, running.service, openid);
    await does({ type: 'click' });
    expect(await windowOf(running, running.service, openid)).toEqual({ ...before, remaining: 3 });
  });

  it('closes when the follower leaves and opens for a minute on the return', async () => {
    await does({ type: 'text' });
    await does({ type: 'unsubscribe' });
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 45015 });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ reason: 'unfollowed' });
    await does({ type: 'subscribe' });
    expect(await sendUntilRefused()).toEqual({ sent: 3, errcode: 45047 });
  });
});

describe('the order of refusals', () => {
  it('asks in turn for token, permission, body, type, object, openid, following, blacklist, refusal, time, count, media, length', async () => {
    const path = '/cgi-bin/message/custom/send';
    const codes: unknown[] = [];
    const note = (answer: Json): unknown => codes.push(answer['errcode']);
    note(await postJson(running, path, {}));
    note(await new Caller(running, 'x').post(path, {}));
    note(await (await Caller.of(running, running.unverified)).post(path, {}));
    const empty = await fetch(`${running.origin}${path}?access_token=${caller.token}`, { method: 'POST' });
    note((await empty.json()) as Json);
    const broken = await fetch(`${running.origin}${path}?access_token=${caller.token}`, {
      method: 'POST',
      body: '{"touser":',
    });
    note((await broken.json()) as Json);
    note(await send({ touser: 'oX', msgtype: 'telepathy' }));
    note(await send({ touser: 'oX', msgtype: 'text', image: {} }));
    note(await send({ touser: 'oX', msgtype: 'text', text: { content: '' } }));
    note(await send({ touser: 'oX', msgtype: 'text', text: { content: 'x' } }));

    const service = `/__sandbox/accounts/${running.service.appid}`;
    const image = { touser: openid, msgtype: 'image', image: { media_id: 'M' } };
    const leaver = (await openids(running, running.service))[1] ?? '';
    await act(running, running.service, leaver, { type: 'unsubscribe' });
    note(await send({ ...image, touser: leaver }));
    await caller.post('/cgi-bin/tags/members/batchblacklist', { openid_list: [openid] });
    await postJson(running, `${service}/followers/${openid}/flags`, { refusesMessages: true });
    note(await send(image));
    await caller.post('/cgi-bin/tags/members/batchunblacklist', { openid_list: [openid] });
    note(await send(image));
    await postJson(running, `${service}/followers/${openid}/flags`, { refusesMessages: false });
    note(await send(image));
    await does({ type: 'text' });
    note(await send(image));
    note(await send({ touser: openid, msgtype: 'text', text: { content: '长'.repeat(683) } }));
    await sendUntilRefused();
    note(await send(image));
    expect(codes).toEqual([
      41001, 40001, 48001, 44002, 47001, 40008, 45162, 44004, 40003, 43004, 43019, 48002, 45015, 40007, 45002,
      45047,
    ]);
  });

  it('lets a refused send cost nothing', async () => {
    await does({ type: 'text' });
    await send({ touser: openid, msgtype: 'image', image: { media_id: 'M' } });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ remaining: 5 });
  });

  it('tells who left after a conversation from who never followed', async () => {
    await does({ type: 'text' });
    await does({ type: 'unsubscribe' });
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 45015 });
    const { openid: stranger } = await does({ type: 'subscribe' }, 'new');
    await does({ type: 'unsubscribe' }, stranger);
    expect(await caller.sendText(stranger)).toMatchObject({ errcode: 45015 });
  });
});

describe('what is sent', () => {
  async function upload(type: string, filename: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const form = new FormData();
    form.append('media', new Blob([bytes]), filename);
    const query = new URLSearchParams({ access_token: caller.token, type });
    const url = `${running.origin}/cgi-bin/media/upload?${query}`;
    const answer = (await (await fetch(url, { method: 'POST', body: form })).json()) as Json;
    return String(answer['media_id']);
  }
  const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const AMR = new Uint8Array(Buffer.from('#!AMR\n\x04\0\0', 'latin1'));
  const MP4 = new Uint8Array(Buffer.from('\0\0\0\x18ftypisom', 'latin1'));

  it('lands on the phone, every type of it', async () => {
    const image = await upload('image', 'a.jpg', JPEG);
    const voice = await upload('voice', 'a.amr', AMR);
    const video = await upload('video', 'a.mp4', MP4);
    const thumb = await upload('thumb', 't.jpg', JPEG);
    const details = (await (
      await fetch(`${running.origin}/__sandbox/accounts/${running.service.appid}`)
    ).json()) as Record<string, string[]>;
    const appid = details['miniProgramAppIds']?.[0];
    const messages: Json[] = [
      { msgtype: 'text', text: { content: '好的' } },
      { msgtype: 'image', image: { media_id: image } },
      { msgtype: 'voice', voice: { media_id: voice } },
      { msgtype: 'video', video: { media_id: video, thumb_media_id: thumb, title: '片' } },
      { msgtype: 'music', music: { title: '歌', musicurl: 'https://x', thumb_media_id: thumb } },
      { msgtype: 'news', news: { articles: [{ title: '文', url: 'https://x' }] } },
      { msgtype: 'mpnewsarticle', mpnewsarticle: { article_id: details['articleIds']?.[0] } },
      {
        msgtype: 'msgmenu',
        msgmenu: { head_content: '?', list: [{ id: '1', content: '是' }], tail_content: '' },
      },
      { msgtype: 'wxcard', wxcard: { card_id: details['cardIds']?.[0] } },
      {
        msgtype: 'miniprogrampage',
        miniprogrampage: { title: '程', appid, pagepath: 'pages/i', thumb_media_id: thumb },
      },
    ];
    for (const message of messages) {
      await does({ type: 'text' });
      expect([message['msgtype'], await send({ touser: openid, ...message })]).toEqual([
        message['msgtype'],
        { errcode: 0, errmsg: 'ok' },
      ]);
    }
    const shown = (await phone(running, running.service, openid)).filter(
      (item) => item['via'] === 'customer-service',
    );
    expect(shown.map((item) => item['type'])).toEqual(messages.map((message) => message['msgtype']));
    expect(shown[0]?.['body']).toEqual({ content: '好的' });
  });

  it('may carry a worker and the mark of an AI', async () => {
    await does({ type: 'text' });
    const { kf_list: list } = await caller.get('/cgi-bin/customservice/getkflist');
    const worker = (list as Json[])[0]?.['kf_account'];
    const text = { touser: openid, msgtype: 'text', text: { content: 'x' } };
    expect(await send({ ...text, customservice: { kf_account: 'nobody@x' } })).toMatchObject({
      errcode: 65401,
    });
    await send({ ...text, customservice: { kf_account: worker }, aimsgcontext: { is_ai_msg: 1 } });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      kfAccount: worker,
      aiGenerated: true,
    });
  });

  it.each([
    [45008, { msgtype: 'news', news: { articles: [{ title: 'a' }, { title: 'b' }] } }],
    [44003, { msgtype: 'news', news: { articles: [] } }],
    [41006, { msgtype: 'image', image: {} }],
    [53600, { msgtype: 'mpnewsarticle', mpnewsarticle: { article_id: 'x' } }],
    [40073, { msgtype: 'wxcard', wxcard: { card_id: 'x' } }],
    [
      45098,
      {
        msgtype: 'msgmenu',
        msgmenu: { list: Array.from({ length: 11 }, (_, i) => ({ id: String(i), content: 'x' })) },
      },
    ],
  ])('is refused with %i when it is wrong', async (errcode, message) => {
    await does({ type: 'text' });
    expect(await send({ touser: openid, ...message })).toMatchObject({ errcode });
  });

  it('cannot be sound or video from an overseas account', async () => {
    const overseas = await Caller.of(running, running.overseas);
    const guest = await firstOpenid(running, running.overseas);
    await act(running, running.overseas, guest, { type: 'text' });
    const path = '/cgi-bin/message/custom/send';
    const voice = { touser: guest, msgtype: 'voice', voice: { media_id: 'x' } };
    expect(await overseas.post(path, voice)).toMatchObject({ errcode: 48008 });
    const image = { touser: guest, msgtype: 'image', image: { media_id: 'x' } };
    expect(await overseas.post(path, image)).toMatchObject({ errcode: 40007 });
    expect(await overseas.sendText(guest, 'Hello')).toMatchObject({ errcode: 0 });
  });
});

describe('typing', () => {
  const type = (command: string): Promise<Json> =>
    caller.post('/cgi-bin/message/custom/typing', { touser: openid, command });

  it('needs a message within 30 seconds, shows once, and costs no reply', async () => {
    expect(await type('Typing')).toMatchObject({ errcode: 45080 });
    await does({ type: 'text' });
    await advance(running, 30);
    expect(await type('Typing')).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({ type: 'typing' });
    expect(await type('Typing')).toMatchObject({ errcode: 45081 });
    expect(await type('CancelTyping')).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({ type: 'text' });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ remaining: 5 });
    await advance(running, 1);
    expect(await type('Typing')).toMatchObject({ errcode: 45080 });
    expect(await type('Shouting')).toMatchObject({ errcode: 45072 });
  });
});
