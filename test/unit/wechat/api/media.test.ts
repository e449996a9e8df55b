import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  getTemporaryMedia,
  uploadArticlePicture,
  uploadTemporaryMedia,
} from '../../../../src/wechat/api/media';
import { WeChatError } from '../../../../src/wechat/errors';
import { NetworkError } from '../../../../src/wechat/http';
import { failureOf } from '../helpers/failure-of';
import { startTestBench, type TestBench } from '../helpers/test-client';

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
});
afterEach(() => bench.close());

describe('temporary media', () => {
  const UPLOAD = '/cgi-bin/media/upload';
  const GET = '/cgi-bin/media/get';
  const file = { filename: 'a.jpg', contentType: 'image/jpeg', bytes: Buffer.from('jpeg') };

  it('are uploaded by kind and give an id', async () => {
    bench.server.on(UPLOAD, { json: { type: 'image', media_id: 'M1', created_at: 1700000000 } });
    expect(await uploadTemporaryMedia(bench.client, 'image', file)).toEqual({
      mediaId: 'M1',
      createdAt: 1700000000,
    });
    expect(bench.server.to(UPLOAD)[0]?.query.get('type')).toBe('image');
  });

  it('of a card go to WeChat’s pictures for articles and give an address that stays', async () => {
    const path = '/cgi-bin/media/uploadimg';
    bench.server.on(path, { json: { url: 'https://mmbiz.qpic.cn/1' } });
    expect(await uploadArticlePicture(bench.client, file)).toBe('https://mmbiz.qpic.cn/1');
    expect(bench.server.to(path)[0]?.body.toString()).toContain('name="media"; filename="a.jpg"');
    bench.server.on(path, { json: {} });
    expect((await failureOf(uploadArticlePicture(bench.client, file), NetworkError)).code).toBe(
      'network/bad-response',
    );
  });

  it('of kind thumb may name their id differently', async () => {
    bench.server.on(UPLOAD, { json: { type: 'thumb', thumb_media_id: 'T1', created_at: 1 } });
    expect((await uploadTemporaryMedia(bench.client, 'thumb', file)).mediaId).toBe('T1');
  });

  it('are refused with the reason', async () => {
    bench.server.on(UPLOAD, { json: { errcode: 40009, errmsg: 'invalid image size rid: 1-2-3' } });
    expect((await failureOf(uploadTemporaryMedia(bench.client, 'image', file), WeChatError)).errcode).toBe(
      40009,
    );
  });

  it('are fetched as bytes with name and type', async () => {
    bench.server.on(GET, {
      raw: Buffer.from([1, 2, 3]),
      headers: { 'content-type': 'audio/amr', 'content-disposition': 'attachment; filename="M1.amr"' },
    });
    expect(await getTemporaryMedia(bench.client, 'M1')).toEqual({
      kind: 'file',
      contentType: 'audio/amr',
      filename: 'M1.amr',
      bytes: Buffer.from([1, 2, 3]),
    });
    expect(bench.server.to(GET)[0]?.query.get('media_id')).toBe('M1');
  });

  it('that are videos give an address instead', async () => {
    bench.server.on(GET, {
      json: { video_url: 'http://video.example/1' },
      headers: { 'content-type': 'text/plain' },
    });
    expect(await getTemporaryMedia(bench.client, 'M1')).toEqual({
      kind: 'video',
      videoUrl: 'http://video.example/1',
    });
  });

  it.each(['application/json; encoding=utf-8', 'text/plain', 'TEXT/PLAIN;charset=utf-8'])(
    'that are gone are recognised by the content type %s, for the status is 200',
    async (type) => {
      bench.server.on(GET, {
        json: { errcode: 40007, errmsg: 'invalid media_id rid: 1-2-3' },
        headers: { 'content-type': type },
      });
      expect((await failureOf(getTemporaryMedia(bench.client, 'M1'), WeChatError)).errcode).toBe(40007);
    },
  );

  it('are fetched again with a fresh token when the first was dead', async () => {
    bench.server.on(GET, (_, nth) =>
      nth === 1
        ? { json: { errcode: 42001, errmsg: 'access_token expired' } }
        : { raw: 'x', headers: { 'content-type': 'image/jpeg' } },
    );
    expect(await getTemporaryMedia(bench.client, 'M1')).toMatchObject({ kind: 'file' });
  });

  it('are not mistaken for a page of something in between', async () => {
    bench.server.on(GET, { raw: '<html>', status: 502, headers: { 'content-type': 'text/html' } });
    await failureOf(getTemporaryMedia(bench.client, 'M1'), NetworkError);
  });
});
