import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  connect,
  firstOpenid,
  openids,
  phone,
  startReceiver,
  startSandbox,
  type Json,
  type Receiver,
  type Running,
} from './harness';

let running: Running;
let receiver: Receiver;
let openid: string;
beforeEach(async () => {
  running = await startSandbox();
  receiver = await startReceiver(running.service);
  await connect(running, running.service, receiver);
  openid = await firstOpenid(running, running.service);
});
afterEach(async () => {
  await running.close();
  await receiver.close();
});

const does = (input: Json, who = openid): ReturnType<typeof act> => act(running, running.service, who, input);

describe('what followers send', () => {
  it.each([
    ['text', ['Content']],
    ['image', ['PicUrl', 'MediaId']],
    ['voice', ['MediaId', 'Format', 'Recognition', 'MediaId16K']],
    ['video', ['MediaId', 'ThumbMediaId']],
    ['shortvideo', ['MediaId', 'ThumbMediaId']],
    ['location', ['Location_X', 'Location_Y', 'Scale', 'Label']],
    ['link', ['Title', 'Description', 'Url']],
    ['miniprogrampage', ['Title', 'AppId', 'PagePath', 'ThumbUrl', 'ThumbMediaId']],
    ['file', ['Title', 'Description']],
  ])('%s has the nodes of the page', async (type, tags) => {
    await does({ type });
    const [push] = receiver.received;
    expect(Object.keys(push?.message ?? {})).toEqual([
      'ToUserName',
      'FromUserName',
      'CreateTime',
      'MsgType',
      ...tags,
      'MsgId',
    ]);
    expect(push?.text('MsgType')).toBe(type);
    expect(push?.text('FromUserName')).toBe(openid);
  });

  it('may be of a type nobody knows, come from an article, or be a tap on a menu message', async () => {
    await does({ type: 'message', msgType: 'hologram', nodes: { Depth: 3, Layers: { item: ['a', 'b'] } } });
    await does({
      type: 'text',
      content: '满意',
      menuItemId: '101',
      fromArticle: { msgDataId: '2650_1', idx: 2 },
    });
    const [strange, tap] = receiver.received;
    expect(strange?.text('MsgType')).toBe('hologram');
    expect(strange?.text('Depth')).toBe('3');
    expect(tap?.text('bizmsgmenuid')).toBe('101');
    expect(tap?.text('MsgDataId')).toBe('2650_1');
    expect(tap?.text('Idx')).toBe('2');
  });
});

describe('what followers do', () => {
  it.each([
    ['click', 'CLICK', ['EventKey']],
    ['view', 'VIEW', ['EventKey', 'MenuId']],
    ['view_miniprogram', 'view_miniprogram', ['EventKey', 'MenuId']],
    ['scancode_push', 'scancode_push', ['EventKey', 'ScanCodeInfo']],
    ['scancode_waitmsg', 'scancode_waitmsg', ['EventKey', 'ScanCodeInfo']],
    ['pic_sysphoto', 'pic_sysphoto', ['EventKey', 'SendPicsInfo']],
    ['pic_photo_or_album', 'pic_photo_or_album', ['EventKey', 'SendPicsInfo']],
    ['pic_weixin', 'pic_weixin', ['EventKey', 'SendPicsInfo']],
    ['location_select', 'location_select', ['EventKey', 'SendLocationInfo']],
    ['LOCATION', 'LOCATION', ['Latitude', 'Longitude', 'Precision']],
    ['scan', 'SCAN', ['EventKey', 'Ticket']],
    ['TEMPLATESENDJOBFINISH', 'TEMPLATESENDJOBFINISH', ['Status', 'MsgID']],
    [
      'MASSSENDJOBFINISH',
      'MASSSENDJOBFINISH',
      ['Status', 'TotalCount', 'FilterCount', 'SentCount', 'ErrorCount', 'MsgID'],
    ],
    ['PUBLISHJOBFINISH', 'PUBLISHJOBFINISH', ['PublishEventInfo']],
    ['subscribe_msg_popup_event', 'subscribe_msg_popup_event', ['SubscribeMsgPopupEvent']],
    ['subscribe_msg_change_event', 'subscribe_msg_change_event', ['SubscribeMsgChangeEvent']],
    ['subscribe_msg_sent_event', 'subscribe_msg_sent_event', ['SubscribeMsgSentEvent']],
    ['user_info_modified', 'user_info_modified', ['OpenID', 'AppID', 'RevokeInfo']],
    ['user_authorization_revoke', 'user_authorization_revoke', ['OpenID', 'AppID', 'RevokeInfo']],
    ['user_authorization_cancellation', 'user_authorization_cancellation', ['OpenID', 'AppID', 'RevokeInfo']],
    ['kf_create_session', 'kf_create_session', ['KfAccount']],
    ['kf_close_session', 'kf_close_session', ['KfAccount']],
    ['kf_switch_session', 'kf_switch_session', ['FromKfAccount', 'ToKfAccount']],
    ['qualification_verify_success', 'qualification_verify_success', ['ExpiredTime']],
    ['naming_verify_fail', 'naming_verify_fail', ['FailTime', 'FailReason']],
    ['verify_expired', 'verify_expired', ['ExpiredTime']],
  ])('%s is pushed as the event %s', async (type, event, tags) => {
    await does({ type });
    const [push] = receiver.received;
    expect(push?.text('MsgType')).toBe('event');
    expect(push?.text('Event')).toBe(event);
    expect(Object.keys(push?.message ?? {}).slice(5)).toEqual(tags);
  });

  it('gives any other event its nodes', async () => {
    await does({ type: 'event', event: 'user_view_card', nodes: { CardId: 'pCard1', UserCardCode: '1' } });
    expect(receiver.received[0]?.text('Event')).toBe('user_view_card');
    expect(receiver.received[0]?.text('CardId')).toBe('pCard1');
  });

  it('sends the pictures after a picture button and the place after a place button', async () => {
    const { deliveries } = await does({ type: 'pic_weixin', count: 2 });
    await does({ type: 'location_select', label: '西湖' });
    expect(deliveries).toHaveLength(3);
    expect(receiver.received.map((push) => push.text('MsgType'))).toEqual([
      'event',
      'image',
      'image',
      'event',
      'location',
    ]);
    expect(receiver.received[4]?.text('Label')).toBe('西湖');
  });

  it('carries the scene of a QR code with a prefix when it makes somebody follow, bare when they follow already', async () => {
    const { openid: guest } = await does({ type: 'scan', scene: 'fair_2026' }, 'new');
    await does({ type: 'scan', scene: 'fair_2026' }, guest);
    const [follow, scan] = receiver.received;
    expect([follow?.text('Event'), follow?.text('EventKey')]).toEqual(['subscribe', 'qrscene_fair_2026']);
    expect([scan?.text('Event'), scan?.text('EventKey')]).toEqual(['SCAN', 'fair_2026']);
    expect(scan?.text('Ticket')).toBe(follow?.text('Ticket'));
    expect(guest).toMatch(/^o[A-Za-z0-9_-]{27}$/);
  });

  it('keeps the openid of who leaves and returns, and takes one that is chosen', async () => {
    const chosen = 'oChosen_0123456789_abcdefghi';
    expect((await does({ type: 'subscribe' }, chosen)).openid).toBe(chosen);
    await does({ type: 'unsubscribe' }, chosen);
    await does({ type: 'subscribe' }, chosen);
    expect(receiver.received.map((push) => push.text('Event'))).toEqual([
      'subscribe',
      'unsubscribe',
      'subscribe',
    ]);
  });

  it('cannot happen the wrong way round', async () => {
    await expect(does({ type: 'subscribe' })).rejects.toThrow('follows the account already');
    const [, leaver = ''] = await openids(running, running.service);
    await does({ type: 'unsubscribe' }, leaver);
    await expect(does({ type: 'text' }, leaver)).rejects.toThrow('does not follow');
    await expect(does({ type: 'levitate' })).rejects.toThrow('unknown act');
    await expect(does({ type: 'text', content: 5, menuItemId: 'x' })).rejects.toThrow('must be digits');
    await expect(does({ type: 'subscribe' }, 'oShort')).rejects.toThrow('28 letters');
    await expect(does({ type: 'text' }, 'oNobody')).rejects.toThrow('nobody has the openid');
  });

  it('shows on the own phone, oldest first', async () => {
    await does({ type: 'text', content: '一' });
    await does({ type: 'text', content: '二' });
    const items = await phone(running, running.service, openid);
    expect(items.map((item) => (item['body'] as Json)['content'])).toEqual(['一', '二']);
    expect(items.every((item) => item['from'] === 'follower')).toBe(true);
  });
});
