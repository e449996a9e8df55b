import { describe, expect, it } from 'vitest';
import { readReply } from '#shared/domain/replies/read-reply';
import type { ReplyContent } from '#shared/relay/reply-rules';
import { buildPassiveReply } from '#wechat/callback/passive-reply';
import { parseXml } from '#wechat/callback/xml';

const ADDRESS = { to: 'oUser0000000000000000000001', from: 'gh_0123456789ab', createTime: 1_700_000_001 };
const article = (n: number) => ({
  title: `第${String(n)}篇`,
  description: '说明',
  picUrl: '',
  url: `https://example.com/${String(n)}`,
});

function read(reply: ReplyContent) {
  const xml = buildPassiveReply(reply, ADDRESS) ?? '';
  return readReply(parseXml(xml), xml);
}

describe('a passive reply in the chat', () => {
  it('was said by the account to the follower', () => {
    expect(read({ kind: 'text', text: '您好 <b> & ]]> 完' })).toEqual({
      openid: ADDRESS.to,
      originalId: ADDRESS.from,
      createTime: ADDRESS.createTime,
      content: { kind: 'text', text: '您好 <b> & ]]> 完' },
    });
  });

  it.each<[ReplyContent, object]>([
    [
      { kind: 'image', mediaId: 'M1' },
      { kind: 'image', mediaId: 'M1' },
    ],
    [
      { kind: 'voice', mediaId: 'M2' },
      { kind: 'voice', mediaId: 'M2' },
    ],
    [
      { kind: 'video', mediaId: 'M3' },
      { kind: 'video-reply', mediaId: 'M3', title: '', description: '' },
    ],
    [
      { kind: 'video', mediaId: 'M3', title: '花艺', description: '三分钟' },
      { kind: 'video-reply', mediaId: 'M3', title: '花艺', description: '三分钟' },
    ],
    [
      {
        kind: 'music',
        title: '茉莉花',
        description: '民歌',
        musicUrl: 'https://example.com/a.mp3',
        hqMusicUrl: 'https://example.com/b.mp3',
        thumbMediaId: 'T1',
      },
      {
        kind: 'music',
        title: '茉莉花',
        description: '民歌',
        musicUrl: 'https://example.com/a.mp3',
        hqMusicUrl: 'https://example.com/b.mp3',
        thumbMediaId: 'T1',
      },
    ],
    [
      { kind: 'news', articles: [article(1)] },
      { kind: 'news', ...article(1) },
    ],
    [
      { kind: 'news', articles: [article(1), article(2), article(3)] },
      { kind: 'articles', articles: [article(1), article(2), article(3)] },
    ],
    [{ kind: 'transfer' }, { kind: 'transfer', kfAccount: null }],
    [
      { kind: 'transfer', kfAccount: 'kf001@demo_oa' },
      { kind: 'transfer', kfAccount: 'kf001@demo_oa' },
    ],
  ])('is what the rule says: %j', (reply, content) => {
    expect(read(reply).content).toEqual(content);
  });

  it('keeps what no rule of today can say', () => {
    const xml =
      '<xml><ToUserName>oUser1</ToUserName><FromUserName>gh_1</FromUserName><CreateTime>1700000001</CreateTime><MsgType>transfer_biz_ai_ivr</MsgType></xml>';
    expect(readReply(parseXml(xml), xml).content).toEqual({
      kind: 'unsupported',
      msgType: 'transfer_biz_ai_ivr',
      raw: xml,
    });
  });

  it.each(['ToUserName', 'FromUserName', 'CreateTime', 'MsgType'])('is malformed without %s', (tag) => {
    const xml = (buildPassiveReply({ kind: 'text', text: 'x' }, ADDRESS) ?? '').replaceAll(tag, 'Other');
    expect(() => readReply(parseXml(xml), xml)).toThrow(
      expect.objectContaining({
        code: 'message/malformed',
        data: expect.objectContaining({ params: { node: tag } }) as unknown,
      }),
    );
  });
});
