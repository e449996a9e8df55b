/** What becomes of every kind of item that a relay may hand over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windowState } from '#shared/domain/window';
import type { PulledItem } from '#shared/relay/feed-page';
import type { RelayNotice } from '#shared/relay/protocol';
import type { ReplyContent } from '#shared/relay/reply-rules';
import { newEncodingAESKey } from '#main/services/server-settings';
import { sealReply } from '#wechat/callback/callback';
import { buildPassiveReply } from '#wechat/callback/passive-reply';
import { World, type Desk } from './desk';

let world: World;
let desk: Desk;
let appid: string;
let who: string;
let linkId: string;
let seq: number;

beforeEach(async () => {
  world = await World.create(5);
  desk = world.desk();
  appid = await world.bind(desk);
  await desk.followers.startImport(appid);
  await desk.followers.idle();
  const [one] = (await world.control('GET', `/accounts/${appid}/followers?limit=1`))['followers'] as {
    openid: string;
  }[];
  who = one?.openid ?? '';
  linkId = (await desk.accounts.links())[0]?.id ?? '';
  seq = 1000;
});
afterEach(() => world.close());

function item(patch: Partial<Exclude<PulledItem, { kind: 'unknown' }>>): PulledItem {
  seq += 1;
  return {
    ...{ seq, kind: 'message' as const, appid, receivedAt: world.now, query: {}, encrypted: false, body: '' },
    ...patch,
  };
}

function replyXml(reply: ReplyContent, to = who): string {
  return buildPassiveReply(reply, { to, from: 'gh_0123456789ab', createTime: world.now }) ?? '';
}

async function sealed(xml: string, key?: string): Promise<string> {
  return sealReply({
    token: await desk.accounts.serverSetting(appid, 'token'),
    encodingAESKey: key ?? (await desk.accounts.serverSetting(appid, 'aes-key')),
    appid,
    message: xml,
    timestamp: world.now,
  });
}

const notice = (about: RelayNotice, patch = {}) =>
  item({ kind: 'notice', appid: '', body: JSON.stringify(about), ...patch });
const ingest = (...items: PulledItem[]) => desk.conversations.ingest(linkId, items);
const messages = async (openid = who) =>
  (await desk.conversations.messages({ appid, openid, before: null, limit: 100 })).messages;

describe('an automatic reply', () => {
  it('stands in the conversation as sent and automatic, once, however often it is reported', async () => {
    await world.control('POST', `/accounts/${appid}/followers/${who}/act`, {
      type: 'text',
      content: '几点开门',
    });
    await desk.pull();
    const report = item({
      kind: 'auto-reply',
      encrypted: true,
      body: await sealed(replyXml({ kind: 'text', text: '九点到六点' })),
    });

    expect(await ingest(report)).toEqual({ stored: 1, duplicates: 0, quarantined: 0 });
    expect(await ingest(report)).toEqual({ stored: 0, duplicates: 1, quarantined: 0 });
    const [reply, question] = await messages();
    expect(question?.body.direction).toBe('in');
    expect(reply).toMatchObject({
      at: world.now,
      body: {
        direction: 'out',
        automatic: true,
        status: 'sent',
        failure: null,
        content: { kind: 'text', text: '九点到六点' },
      },
    });
    expect(desk.topics('conversations.changed')).toContainEqual({ appid, openid: who, message: reply });
    const { entries } = await desk.followers.timeline({ appid, openid: who, before: null, limit: 2 });
    expect(entries.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['message-automatic', '九点到六点'],
      ['message-in', '几点开门'],
    ]);
  });

  it('uses none of the replies, and whoever asked still waits for a person', async () => {
    await world.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'text', content: '在吗' });
    await desk.pull();
    const before = await desk.conversations.get(appid, who);
    await ingest(
      item({
        kind: 'auto-reply',
        encrypted: true,
        body: await sealed(replyXml({ kind: 'text', text: '在' })),
      }),
    );

    const after = await desk.conversations.get(appid, who);
    expect(after.window).toEqual(before.window);
    expect(windowState(after.window, world.now)).toMatchObject({ open: true, remaining: 5 });
    expect(after).toMatchObject({ needsReply: true, unread: 1, hasFailed: false });
    expect(after.last?.body).toMatchObject({ direction: 'out', automatic: true });
    await expect(
      desk.conversations.resend({
        ...{ appid, openid: who, messageId: after.last?.id ?? '' },
        clientId: crypto.randomUUID(),
      }),
    ).rejects.toMatchObject({ code: 'conversation/not-found' });
  });

  it('is told from another one of the same words in the same second', async () => {
    const xml = replyXml({ kind: 'text', text: '您好' });
    await ingest(
      item({ kind: 'auto-reply', encrypted: true, body: await sealed(xml) }),
      item({ kind: 'auto-reply', encrypted: true, body: await sealed(xml) }),
      item({ kind: 'auto-reply', body: xml }),
      item({ kind: 'auto-reply', body: xml }),
    );
    expect(await messages()).toHaveLength(4);
  });

  it('opens with the key of before when the message came sealed with that', async () => {
    const before = await desk.accounts.serverSetting(appid, 'aes-key');
    await desk.secrets.set({ kind: 'previous-aes-key', appid }, before);
    await desk.secrets.set({ kind: 'encoding-aes-key', appid }, newEncodingAESKey());
    const body = await sealed(replyXml({ kind: 'text', text: '旧钥匙' }), before);
    expect(await ingest(item({ kind: 'auto-reply', encrypted: true, body }))).toMatchObject({ stored: 1 });
  });

  it('waits in quarantine for the right key', async () => {
    const right = await desk.accounts.serverSetting(appid, 'aes-key');
    const body = await sealed(replyXml({ kind: 'text', text: '钥匙不对' }));
    await desk.secrets.set({ kind: 'encoding-aes-key', appid }, newEncodingAESKey());
    expect(await ingest(item({ kind: 'auto-reply', encrypted: true, body }))).toMatchObject({
      quarantined: 1,
    });
    await desk.secrets.set({ kind: 'encoding-aes-key', appid }, right);

    expect(await desk.conversations.retryQuarantine(appid)).toBe(1);
    expect((await messages())[0]?.body).toMatchObject({ automatic: true, content: { text: '钥匙不对' } });
  });

  it('stands in the order of the feed, below the message that it answers', async () => {
    const question =
      `<xml><ToUserName>gh_0123456789ab</ToUserName><FromUserName>${who}</FromUserName>` +
      `<CreateTime>${String(world.now)}</CreateTime><MsgType>text</MsgType><Content>有花吗</Content><MsgId>1</MsgId></xml>`;
    await ingest(
      item({ body: question }),
      item({ kind: 'auto-reply', body: replyXml({ kind: 'text', text: '有' }) }),
      item({ body: question.replace('<MsgId>1', '<MsgId>2') }),
    );
    expect((await messages()).map(({ body }) => body.direction).reverse()).toEqual(['in', 'out', 'in']);
  });

  it('begins the conversation of somebody who is not known yet', async () => {
    const stranger = 'oStranger00000000000000000001';
    await ingest(item({ kind: 'auto-reply', body: replyXml({ kind: 'text', text: '欢迎' }, stranger) }));
    expect(await messages(stranger)).toHaveLength(1);
    expect(desk.topics('followers.changed')).toContainEqual({ appid, openid: stranger });
  });

  it('tries to fetch the picture that it shows', async () => {
    await ingest(item({ kind: 'auto-reply', body: replyXml({ kind: 'image', mediaId: 'NOT-THERE' }) }));
    expect((await messages())[0]?.body.content).toEqual({ kind: 'image', mediaId: 'NOT-THERE' });
    await desk.media.idle();
    expect((await messages())[0]?.media.state).toBe('expired');
  });
});

it('takes in the message of an account whose relay has opened it already', async () => {
  const body =
    `<xml><ToUserName>gh_0123456789ab</ToUserName><FromUserName>${who}</FromUserName>` +
    `<CreateTime>${String(world.now)}</CreateTime><MsgType>text</MsgType><Content>扫码授权的</Content><MsgId>7</MsgId></xml>`;
  await desk.secrets.delete({ kind: 'encoding-aes-key', appid });
  expect(await ingest(item({ body }))).toEqual({ stored: 1, duplicates: 0, quarantined: 0 });
  expect((await messages())[0]?.body.content).toEqual({ kind: 'text', text: '扫码授权的' });
});

describe('an item of a kind that this version does not know', () => {
  const unknown = (): PulledItem => {
    seq += 1;
    return { kind: 'unknown', seq, appid, raw: { seq, appid, kind: 'hologram', payload: [1, 2, 3] } };
  };

  it('is kept as it came and holds up nothing behind it', async () => {
    const strange = unknown();
    const behind = item({ kind: 'auto-reply', body: replyXml({ kind: 'text', text: '后面的' }) });
    expect(await ingest(strange, behind)).toEqual({ stored: 1, duplicates: 0, quarantined: 1 });
    expect((await desk.accounts.links())[0]?.cursor).toBe(behind.seq);
    expect(await desk.db.inbox.quarantined(appid, 0, 10)).toMatchObject([
      { seq: strange.seq, item: { kind: 'hologram', payload: [1, 2, 3] }, reason: 'relay/unknown-item' },
    ]);
  });

  it('is read by a version that knows it', async () => {
    const known = item({ kind: 'auto-reply', body: replyXml({ kind: 'text', text: '后来懂了' }) });
    await desk.db.inbox.commit({
      ...{ linkId, inbound: [], cursor: null },
      quarantined: [{ seq: known.seq, appid, item: known, reason: 'relay/unknown-item' }],
    });
    expect(await desk.conversations.retryQuarantine(appid)).toBe(1);
    expect((await messages())[0]?.body.content).toEqual({ kind: 'text', text: '后来懂了' });
  });
});

it('reads from quarantine what was put there before items had kinds', async () => {
  await world.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'text', content: '早先的' });
  const [link] = await desk.accounts.links();
  if (!link) throw new Error('no link');
  const { items } = await world.api.feed(link, 0, 0, 10, new AbortController().signal);
  const [{ kind: _kind, encrypted: _encrypted, ...earlier } = {}] = items as unknown as Record<
    string,
    unknown
  >[];
  await desk.db.inbox.commit({
    ...{ linkId, inbound: [], cursor: null },
    quarantined: [{ seq: 1, appid, item: earlier, reason: 'callback/bad-padding' }],
  });
  expect(await desk.conversations.retryQuarantine(appid)).toBe(1);
  expect((await messages())[0]?.body.content).toEqual({ kind: 'text', text: '早先的' });
});

describe('what someone agreed to', () => {
  const consent = (scene: string, action: 'confirm' | 'cancel' = 'confirm', openid = who) =>
    notice({ type: 'subscribe-consent', openid, templateId: 'T1', action, scene, reserved: '' }, { appid });
  const prompt = async (event: string, patch: object = {}): Promise<void> => {
    // WeChat's events carry a second and no id: two in one second would be one that came twice.
    await world.advance(1);
    await world.control('POST', `/accounts/${appid}/followers/${who}/act`, {
      type: 'event',
      event,
      ...patch,
    });
    await desk.pull();
  };
  const left = () => desk.people.consents({ appid, openid: who });

  it('[I11] on the consent page counts once for a scene and until they refuse, for this person alone', async () => {
    await ingest(consent('1'), consent('1'), consent('2'), consent('3', 'confirm', 'oSomebodyElse'));
    expect(await left()).toEqual({ oneTime: 2, notices: 0 });
    await ingest(consent('2', 'cancel'));
    expect(await left()).toEqual({ oneTime: 1, notices: 0 });
  });

  it('by a prompt counts until a notice went out or the template was switched off', async () => {
    await prompt('subscribe_msg_popup_event');
    await prompt('subscribe_msg_popup_event');
    await prompt('subscribe_msg_popup_event', { status: 'reject' });
    expect(await left()).toEqual({ oneTime: 0, notices: 2 });
    await prompt('subscribe_msg_sent_event');
    await prompt('subscribe_msg_sent_event', { msgId: '2', errorCode: 1, errorStatus: 'user refuse' });
    expect(await left()).toEqual({ oneTime: 0, notices: 1 });
    await prompt('subscribe_msg_change_event');
    expect(await left()).toEqual({ oneTime: 0, notices: 0 });
  });
});

describe('a notice of the relay', () => {
  const day = 86_400;
  const expiring = (device: string, count = 3): RelayNotice => ({
    ...{ type: 'unread-expiring', device, count, removeAt: world.now + day, reason: 'age' },
  });

  it('tells the owner that another computer must fetch its messages, until it is put away', async () => {
    await ingest(notice(expiring('后厨电脑')));
    const [shown, ...more] = await desk.relayDesk.notices();
    expect(more).toEqual([]);
    expect(shown).toMatchObject({
      ...{ type: 'unread-expiring', device: '后厨电脑', count: 3, removeAt: world.now + day, reason: 'age' },
      relay: new URL(world.relay.url).host,
    });
    expect(desk.topics('relay.noticesChanged')).toHaveLength(1);

    await desk.relayDesk.dismissNotice(shown?.id ?? 0);
    expect(await desk.relayDesk.notices()).toEqual([]);
    expect(await world.desk().relayDesk.notices()).toEqual([]);
  });

  it('is kept once when the page is handed out again', async () => {
    const one = notice(expiring('后厨电脑'));
    await ingest(one);
    expect(await ingest(one)).toMatchObject({ duplicates: 1 });
    expect(await desk.relayDesk.notices()).toHaveLength(1);
  });

  it('says the newest of each computer, and nothing once its day has come', async () => {
    await ingest(notice(expiring('后厨电脑', 3)), notice(expiring('后厨电脑', 9)), notice(expiring('平板')));
    expect((await desk.relayDesk.notices()).map(({ device, count }) => [device, count])).toEqual([
      ['平板', 3],
      ['后厨电脑', 9],
    ]);
    await ingest(notice({ type: 'unread-removed', device: '后厨电脑', count: 9 }));
    expect((await desk.relayDesk.notices()).map(({ type, device }) => [type, device])).toEqual([
      ['unread-removed', '后厨电脑'],
      ['unread-expiring', '平板'],
    ]);
    const [removed] = await desk.relayDesk.notices();
    await desk.relayDesk.dismissNotice(removed?.id ?? 0);
    expect((await desk.relayDesk.notices()).map(({ device }) => device)).toEqual(['平板']);
    await ingest(notice({ type: 'unread-removed', device: '平板', count: 3 }), notice(expiring('前台')));
    world.now += 2 * day;
    expect((await desk.relayDesk.notices()).map(({ type }) => type)).toEqual(['unread-removed']);
  });

  it('about this computer itself counts only when something was lost', async () => {
    await ingest(notice(expiring('test desk')));
    expect(await desk.relayDesk.notices()).toEqual([]);
    await ingest(notice({ type: 'unread-removed', device: 'test desk', count: 2 }));
    expect(await desk.relayDesk.notices()).toMatchObject([{ type: 'unread-removed', count: 2 }]);
  });

  it('about a consent is kept for the feature that uses it', async () => {
    const consent: RelayNotice = {
      ...{ type: 'subscribe-consent', openid: who, templateId: 'T1', action: 'confirm', scene: '1000' },
      reserved: '',
    };
    await ingest(notice(consent, { appid }));
    expect(await desk.relayDesk.notices()).toEqual([]);
    expect(await desk.db.notices.open(['subscribe-consent'], 10)).toMatchObject([
      { linkId, notice: consent },
    ]);
  });

  it('of a type that this version does not know, or that is no JSON, is kept and stops nothing', async () => {
    const strange = item({ kind: 'notice', appid: '', body: JSON.stringify({ type: 'comet', tail: 2 }) });
    const broken = item({ kind: 'notice', appid: '', body: 'not json' });
    expect(await ingest(strange, broken, notice(expiring('平板')))).toMatchObject({ quarantined: 0 });
    expect((await desk.accounts.links())[0]?.cursor).toBe(seq);
    expect(await ingest(strange, broken)).toMatchObject({ duplicates: 2 });
    expect(await desk.relayDesk.notices()).toHaveLength(1);
  });

  describe('that an authorization was cancelled', () => {
    const cancelled = () => notice({ type: 'unauthorized', appid }, { appid });

    it('[S2.20] makes a scanned account unbound, and keeps its history', async () => {
      await desk.db.accounts.update(appid, { door: 'scan', relayMode: 'component' });
      await ingest(item({ kind: 'auto-reply', body: replyXml({ kind: 'text', text: '以前' }) }));
      await ingest(cancelled());
      expect(await desk.accounts.get(appid)).toMatchObject({
        status: 'unbound',
        connection: { state: 'off' },
      });
      expect(desk.topics('accounts.changed')).toContainEqual({ appid });
      expect(await messages()).toHaveLength(1);
    });

    it('changes nothing of an account that was bound by hand', async () => {
      await ingest(cancelled());
      expect(await desk.accounts.get(appid)).toMatchObject({ status: 'bound' });
    });

    it('counts once: an account that was authorized again stays bound', async () => {
      await desk.db.accounts.update(appid, { door: 'scan' });
      const late = cancelled();
      await ingest(late);
      await desk.db.accounts.update(appid, { status: 'bound', boundAt: world.now + 60 });
      await ingest(late);
      await ingest({ ...cancelled(), receivedAt: world.now } as PulledItem);
      expect(await desk.accounts.get(appid)).toMatchObject({ status: 'bound' });
    });
  });

  it('goes with the account that is erased', async () => {
    await ingest(
      notice({ type: 'authorized', appid, permissionSets: [1] }, { appid }),
      notice(expiring('平板')),
    );
    await desk.accounts.erase(appid);
    expect(await desk.db.notices.open(['authorized', 'unread-expiring'], 10)).toEqual([]);
  });
});
