import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundContent } from '../../../../src/shared/domain/message';
import {
  sendCustomerServiceMessage,
  setTyping,
  toSendBody,
} from '../../../../src/wechat/api/customer-service';
import { WeChatError } from '../../../../src/wechat/errors';
import { failureOf } from '../helpers/failure-of';
import { startTestBench, type TestBench } from '../helpers/test-client';

const SEND = '/cgi-bin/message/custom/send';

const BODIES: Readonly<Record<OutboundContent['kind'], readonly [OutboundContent, Record<string, unknown>]>> =
  {
    text: [
      { kind: 'text', text: '您好 <a href="https://a.b">点这里</a>' },
      { msgtype: 'text', text: { content: '您好 <a href="https://a.b">点这里</a>' } },
    ],
    image: [
      { kind: 'image', mediaId: 'M1' },
      { msgtype: 'image', image: { media_id: 'M1' } },
    ],
    voice: [
      { kind: 'voice', mediaId: 'M2' },
      { msgtype: 'voice', voice: { media_id: 'M2' } },
    ],
    video: [
      { kind: 'video', mediaId: 'M3', thumbMediaId: 'T3', title: 't' },
      { msgtype: 'video', video: { media_id: 'M3', thumb_media_id: 'T3', title: 't' } },
    ],
    music: [
      {
        kind: 'music',
        title: 't',
        description: 'd',
        musicUrl: 'https://m',
        hqMusicUrl: 'https://hq',
        thumbMediaId: 'T4',
      },
      {
        msgtype: 'music',
        music: {
          title: 't',
          description: 'd',
          musicurl: 'https://m',
          hqmusicurl: 'https://hq',
          thumb_media_id: 'T4',
        },
      },
    ],
    news: [
      { kind: 'news', title: 't', description: 'd', url: 'https://u', picUrl: 'https://p' },
      {
        msgtype: 'news',
        news: { articles: [{ title: 't', description: 'd', url: 'https://u', picurl: 'https://p' }] },
      },
    ],
    article: [
      { kind: 'article', articleId: 'A1' },
      { msgtype: 'mpnewsarticle', mpnewsarticle: { article_id: 'A1' } },
    ],
    menu: [
      { kind: 'menu', head: '满意吗？', items: [{ id: '101', content: '满意' }], tail: '谢谢' },
      {
        msgtype: 'msgmenu',
        msgmenu: { head_content: '满意吗？', list: [{ id: '101', content: '满意' }], tail_content: '谢谢' },
      },
    ],
    card: [
      { kind: 'card', cardId: 'pCard1' },
      { msgtype: 'wxcard', wxcard: { card_id: 'pCard1' } },
    ],
    miniprogram: [
      { kind: 'miniprogram', title: 't', appId: 'wx1', pagePath: 'pages/i', thumbMediaId: 'T5' },
      {
        msgtype: 'miniprogrampage',
        miniprogrampage: { title: 't', appid: 'wx1', pagepath: 'pages/i', thumb_media_id: 'T5' },
      },
    ],
  };

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
  bench.server.on(SEND, { json: { errcode: 0, errmsg: 'ok' } });
});
afterEach(() => bench.close());

const sent = (): unknown => JSON.parse(bench.server.to(SEND).at(-1)?.body.toString('utf8') ?? '');

describe('a customer-service message', () => {
  it.each(Object.entries(BODIES))('of kind %s has its own body', async (_, [content, body]) => {
    await sendCustomerServiceMessage(bench.client, 'oUser1', content);
    expect(sent()).toEqual({ touser: 'oUser1', ...body });
  });

  it('[S2.3][S1.14] goes out as plain JSON by POST, never encrypted', async () => {
    await sendCustomerServiceMessage(bench.client, 'oUser1', { kind: 'text', text: '您好' });
    const [request] = bench.server.to(SEND);
    expect(request?.method).toBe('POST');
    expect(request?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(request?.body.toString('utf8')).toBe(
      '{"touser":"oUser1","msgtype":"text","text":{"content":"您好"}}',
    );
    expect([...(request?.query.keys() ?? [])]).toEqual(['access_token']);
  });

  it('leaves out optional texts that are absent', () => {
    const body = toSendBody('o1', { kind: 'video', mediaId: 'M', thumbMediaId: 'T' });
    expect(JSON.stringify(body)).toBe(
      '{"touser":"o1","msgtype":"video","video":{"media_id":"M","thumb_media_id":"T"}}',
    );
  });

  it('can name the worker and say that it was generated', async () => {
    await sendCustomerServiceMessage(
      bench.client,
      'oUser1',
      { kind: 'text', text: 'hi' },
      { kfAccount: 'kf001@demo_oa', aiGenerated: true },
    );
    expect(sent()).toMatchObject({
      customservice: { kf_account: 'kf001@demo_oa' },
      aimsgcontext: { is_ai_msg: 1 },
    });
  });

  it.each([45015, 45047, 43004, 48002])('is refused with WeChat’s own code %i', async (errcode) => {
    bench.server.on(SEND, { json: { errcode, errmsg: 'refused rid: 1-2-3' } });
    const error = await failureOf(
      sendCustomerServiceMessage(bench.client, 'oUser1', { kind: 'text', text: 'hi' }),
      WeChatError,
    );
    expect(error.data).toMatchObject({ code: `wechat/${errcode}`, errcode, rid: '1-2-3' });
    expect(bench.server.to(SEND)).toHaveLength(1);
  });
});

describe('the typing hint', () => {
  it('is switched on and off', async () => {
    const path = '/cgi-bin/message/custom/typing';
    bench.server.on(path, { json: { errcode: 0 } });
    await setTyping(bench.client, 'oUser1', true);
    await setTyping(bench.client, 'oUser1', false);
    expect(bench.server.to(path).map((call) => JSON.parse(call.body.toString()) as unknown)).toEqual([
      { touser: 'oUser1', command: 'Typing' },
      { touser: 'oUser1', command: 'CancelTyping' },
    ]);
  });
});
