import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealReply } from '#wechat/callback/callback';
import { buildPassiveReply } from '#wechat/callback/passive-reply';
import { readReply, type ReadReply } from '#sandbox/push/passive-reply';
import { createAccount, type Account, type ServerConfig } from '#sandbox/state/account';
import type { MediaKind } from '#sandbox/state/media';
import { replyContent, type ReplyContent } from '#shared/relay/reply-rules';
import { VECTOR_B } from './vectors';

const NOW = 1_700_000_001;
const OPENID = 'oUser0000000000000000000001';
let account: Account;
let server: ServerConfig;

beforeEach(() => {
  account = createAccount(42, 1, NOW, { type: 'service', verified: true, region: 'mainland', followers: 1 });
  server = {
    url: 'http://127.0.0.1/',
    token: VECTOR_B.token,
    encodingAESKey: VECTOR_B.encodingAESKey,
    mode: 'safe',
  };
});

const addressOf = () => ({ to: OPENID, from: account.originalId, createTime: NOW });

function mediaOf(kind: MediaKind): string {
  const bytes = Buffer.from(kind);
  return account.media.add({ kind, contentType: 'x/y', filename: kind, createdAt: NOW, bytes }).id;
}

/** What WeChat, as the sandbox plays it, makes of the sealed reply to a push. */
function read(reply: ReplyContent, msgType = 'event'): ReadReply {
  const message = buildPassiveReply(replyContent.parse(reply), addressOf());
  if (message === null) throw new Error('nothing is answered');
  const { token, encodingAESKey } = server;
  const body = sealReply({ token, encodingAESKey, appid: account.appid, message, timestamp: NOW });
  const push = { openid: OPENID, msgType, createTime: NOW, nodes: {}, plainTail: {} };
  return readReply(account, server, push, body, NOW);
}

const taken = (type: string, bubble: unknown) => ({ kind: 'reply', type, bubble });

describe('a passive reply', () => {
  const HEAD =
    '<ToUserName><![CDATA[oUser1]]></ToUserName><FromUserName><![CDATA[gh_0123456789ab]]></FromUserName><CreateTime>1700000001</CreateTime>';
  const samples: [ReplyContent, string][] = [
    [
      { kind: 'text', text: '您好' },
      '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content>',
    ],
    [
      { kind: 'image', mediaId: 'M1' },
      '<MsgType><![CDATA[image]]></MsgType><Image><MediaId><![CDATA[M1]]></MediaId></Image>',
    ],
    [
      { kind: 'voice', mediaId: 'M2' },
      '<MsgType><![CDATA[voice]]></MsgType><Voice><MediaId><![CDATA[M2]]></MediaId></Voice>',
    ],
    [
      { kind: 'video', mediaId: 'M3', title: 't', description: 'd' },
      '<MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[M3]]></MediaId><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description></Video>',
    ],
    [
      { kind: 'video', mediaId: 'M3' },
      '<MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[M3]]></MediaId></Video>',
    ],
    [
      {
        kind: 'music',
        title: 't',
        description: 'd',
        musicUrl: 'https://m',
        hqMusicUrl: 'https://h',
        thumbMediaId: 'T',
      },
      '<MsgType><![CDATA[music]]></MsgType><Music><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description><MusicUrl><![CDATA[https://m]]></MusicUrl><HQMusicUrl><![CDATA[https://h]]></HQMusicUrl><ThumbMediaId><![CDATA[T]]></ThumbMediaId></Music>',
    ],
    [
      {
        kind: 'news',
        articles: [
          { title: 't', description: 'd', picUrl: 'https://p', url: 'https://u' },
          { title: 'x', description: '', picUrl: '', url: 'https://v' },
        ],
      },
      '<MsgType><![CDATA[news]]></MsgType><ArticleCount>2</ArticleCount><Articles><item><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description><PicUrl><![CDATA[https://p]]></PicUrl><Url><![CDATA[https://u]]></Url></item><item><Title><![CDATA[x]]></Title><Description><![CDATA[]]></Description><PicUrl><![CDATA[]]></PicUrl><Url><![CDATA[https://v]]></Url></item></Articles>',
    ],
    [{ kind: 'transfer' }, '<MsgType><![CDATA[transfer_customer_service]]></MsgType>'],
    [
      { kind: 'transfer', kfAccount: 'kf001@demo_oa' },
      '<MsgType><![CDATA[transfer_customer_service]]></MsgType><TransInfo><KfAccount><![CDATA[kf001@demo_oa]]></KfAccount></TransInfo>',
    ],
  ];

  it.each(samples)('is written as WeChat documents it: %j', (reply, body) => {
    const address = { to: 'oUser1', from: 'gh_0123456789ab', createTime: 1_700_000_001.9 };
    expect(buildPassiveReply(reply, address)).toBe(`<xml>${HEAD}${body}</xml>`);
  });

  it('is not written when nothing is to be answered', () => {
    expect(buildPassiveReply({ kind: 'none' }, addressOf())).toBeNull();
    expect(buildPassiveReply({ kind: 'text', text: '\u0001\u000b' }, addressOf())).toBeNull();
  });
});

describe('[S2.2] a sealed passive reply is taken by the platform', () => {
  it('as a text, to the letter', () => {
    const text = '您好 <a href="https://example.com/?a=1&b=2">看</a>\n]]> &amp; <![CDATA[x]]> ]]]]>😀';
    expect(read({ kind: 'text', text })).toMatchObject(taken('text', { content: text }));
  });

  it('as a picture, a voice and a video', () => {
    const [image, voice, video] = [mediaOf('image'), mediaOf('voice'), mediaOf('video')];
    expect(read({ kind: 'image', mediaId: image })).toMatchObject(taken('image', { mediaId: image }));
    expect(read({ kind: 'voice', mediaId: voice })).toMatchObject(taken('voice', { mediaId: voice }));
    expect(read({ kind: 'video', mediaId: video })).toMatchObject(
      taken('video', { mediaId: video, title: '', description: '' }),
    );
    expect(read({ kind: 'video', mediaId: video, title: 'T', description: 'D' })).toMatchObject(
      taken('video', { mediaId: video, title: 'T', description: 'D' }),
    );
  });

  it('as music with its cover', () => {
    const { kind, ...music } = {
      kind: 'music',
      title: '歌',
      description: ']]>',
      musicUrl: 'https://example.com/m?a=1&b=2',
      hqMusicUrl: 'https://example.com/h',
      thumbMediaId: mediaOf('thumb'),
    } as const;
    expect(read({ kind, ...music })).toMatchObject(taken('music', music));
  });

  it('as news of one to eight articles', () => {
    for (const count of [1, 2, 8]) {
      const articles = Array.from({ length: count }, (_, n) => ({
        title: `标题 ${n} ]]>`,
        description: n % 2 === 0 ? '' : '描述',
        picUrl: n % 2 === 0 ? 'https://example.com/p.jpg' : '',
        url: `https://example.com/?n=${n}&x=1`,
      }));
      expect(read({ kind: 'news', articles })).toMatchObject(taken('news', { articles }));
    }
  });

  it('as a hand-over to the console of customer service, which shows nothing', () => {
    const worker = account.workers.list()[0]?.account ?? '';
    for (const reply of [{ kind: 'transfer' }, { kind: 'transfer', kfAccount: worker }] as const)
      expect(read(reply)).toMatchObject(taken('transfer_customer_service', null));
  });

  it('whatever letters a text has; line ends become \\n, and what XML cannot carry is left out', () => {
    const wild = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          ']',
          '>',
          '<',
          '&',
          '\r',
          '\n',
          '\t',
          '\u0000',
          '\u001f',
          '\ufffe',
          '\ud800',
          '😀',
          '\u200d',
        ),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 60,
    });
    const carriable = (code: number): boolean =>
      code === 9 ||
      code === 10 ||
      (code >= 0x20 && code < 0x7f) ||
      (code >= 0xa0 && code < 0xd800) ||
      (code >= 0xe000 && code < 0xfdd0) ||
      (code > 0xfdef && (code & 0xfffe) !== 0xfffe);
    fc.assert(
      fc.property(wild, (tail) => {
        const content = [...`x${tail}`.replaceAll('\r\n', '\n').replaceAll('\r', '\n')]
          .filter((char) => carriable(char.codePointAt(0) ?? 0))
          .join('');
        expect(read({ kind: 'text', text: `x${tail}` })).toMatchObject(taken('text', { content }));
      }),
      { numRuns: 500 },
    );
  });
});
