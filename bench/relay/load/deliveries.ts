import { sealCallback } from '#wechat/callback/callback';
import { buildXml } from '#wechat/callback/xml';
import { ACCOUNT } from '../account';

/** Where pushes go: `/wx/<key>` of a relay, `/` of the other servers. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** The bytes of one push in safe mode as WeChat sends them: a text of one of many customers, signed now. */
export function delivery(target: Target, number: number, now: number, token: string = ACCOUNT.token): Buffer {
  const openid = `oBench${String(number % 5_000).padStart(22, '0')}`;
  const timestamp = Math.floor(now);
  const { query, body } = sealCallback({
    token,
    encodingAESKey: ACCOUNT.encodingAESKey,
    appid: ACCOUNT.appid,
    timestamp,
    nonce: String(100_000_000 + number),
    toUserName: ACCOUNT.originalId,
    message: buildXml({
      ToUserName: ACCOUNT.originalId,
      FromUserName: openid,
      CreateTime: timestamp,
      MsgType: 'text',
      Content: `第 ${String(number)} 位顾客：你好，请问今天几点关门？`,
      MsgId: String(24_000_000_000_000_000n + BigInt(number)),
    }),
  });
  const parameters = new URLSearchParams({ ...query, openid }).toString();
  return Buffer.from(
    `POST ${target.path}?${parameters} HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n` +
      `Host: ${target.host}:${String(target.port)}\r\nPragma: no-cache\r\nConnection: Keep-Alive\r\n` +
      `Content-Type: text/xml\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );
}
