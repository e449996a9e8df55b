import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voiceSeconds } from '#sandbox/media/sniff';
import {
  act,
  advance,
  Caller,
  connect,
  firstOpenid,
  startReceiver,
  startSandbox,
  type Json,
  type Receiver,
  type Running,
} from './harness';

const DAY = 86_400;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');

let running: Running;
let caller: Caller;
beforeEach(async () => {
  running = await startSandbox();
  caller = await Caller.of(running, running.service);
});
afterEach(() => running.close());

async function upload(type: string, bytes: Buffer, filename = 'file.bin', field = 'media'): Promise<Json> {
  const form = new FormData();
  form.append('note', '随便');
  form.append(field, new Blob([Uint8Array.from(bytes)]), filename);
  const query = new URLSearchParams({ access_token: caller.token, type });
  const response = await fetch(`${running.origin}/cgi-bin/media/upload?${query}`, {
    method: 'POST',
    body: form,
  });
  return (await response.json()) as Json;
}

function download(id: unknown): Promise<Response> {
  const query = new URLSearchParams({ access_token: caller.token, media_id: String(id) });
  return fetch(`${running.origin}/cgi-bin/media/get?${query}`);
}

function amr(seconds: number): Buffer {
  const frame = Buffer.alloc(13);
  frame[0] = 0x04;
  return Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: seconds * 50 }, () => frame)]);
}

describe('temporary media', () => {
  it('come back byte for byte with a name and a type, for three days', async () => {
    const bytes = Buffer.concat([PNG, Buffer.from('\r\n--x\r\n\0\xff', 'latin1'), Buffer.alloc(70_000, 7)]);
    const answer = await upload('image', bytes, '照片 1.png');
    expect(answer).toMatchObject({ type: 'image', created_at: 1_800_000_000 });
    await advance(running, 3 * DAY - 1);
    caller = await Caller.of(running, running.service);
    const response = await download(answer['media_id']);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="1.png"');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    await advance(running, 1);
    expect(await (await download(answer['media_id'])).json()).toMatchObject({ errcode: 40007 });
  });

  it('belong to one account', async () => {
    const { media_id: id } = await upload('image', PNG);
    caller = await Caller.of(running, running.subscription);
    expect(await (await download(id)).json()).toMatchObject({ errcode: 40007 });
  });

  it('give a link instead of a video', async () => {
    const mp4 = Buffer.from('\0\0\0\x18ftypisom....', 'latin1');
    const { media_id: id } = await upload('video', mp4);
    const answer = (await (await download(id)).json()) as Json;
    const video = await fetch(String(answer['video_url']));
    expect(video.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await video.arrayBuffer()).equals(mp4)).toBe(true);
  });

  it.each([
    ['an unknown kind', 'sculpture', PNG, 40004],
    ['an empty file', 'image', Buffer.alloc(0), 44001],
    ['a text as image', 'image', Buffer.from('hello'), 40005],
    ['a PNG as thumb', 'thumb', PNG, 40005],
    ['an image as video', 'video', JPEG, 40005],
    ['an image over 10 MB', 'image', Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)]), 40009],
    ['a voice over 2 MB', 'voice', Buffer.concat([amr(1), Buffer.alloc(2 * 1024 * 1024)]), 40010],
    ['a video over 10 MB', 'video', Buffer.alloc(10 * 1024 * 1024 + 1), 40011],
    ['a thumb over 64 KB', 'thumb', Buffer.concat([JPEG, Buffer.alloc(64 * 1024)]), 40012],
    ['a voice of 61 seconds', 'voice', amr(61), 45007],
  ])('refuse %s', async (_name, type, bytes, errcode) => {
    expect(await upload(type, bytes)).toMatchObject({ errcode });
  });

  it('need a file in the field "media" of a form', async () => {
    expect(await upload('image', PNG, 'a.png', 'file')).toMatchObject({ errcode: 41005 });
    expect(await caller.post('/cgi-bin/media/upload', {}, { type: 'image' })).toMatchObject({
      errcode: 41005,
    });
    expect(await (await download('')).json()).toMatchObject({ errcode: 41006 });
  });

  it('take a voice of 60 seconds', async () => {
    expect(await upload('voice', amr(60))).toHaveProperty('media_id');
  });
});

describe('the files of messages', () => {
  let receiver: Receiver;
  let openid: string;
  beforeEach(async () => {
    receiver = await startReceiver(running.service);
    await connect(running, running.service, receiver);
    openid = await firstOpenid(running, running.service);
  });
  afterEach(() => receiver.close());

  async function sent(type: string, tag: string, times = 1): Promise<string[]> {
    for (let i = 0; i < times; i += 1) await act(running, running.service, openid, { type });
    return receiver.received.flatMap((push) => (push.text(tag) === null ? [] : [push.text(tag) ?? '']));
  }

  it('are real pictures, by MediaId and by PicUrl', async () => {
    const ids = await sent('image', 'MediaId', 8);
    const types = new Set<string>();
    for (const [index, id] of ids.entries()) {
      const response = await download(id);
      const bytes = Buffer.from(await response.arrayBuffer());
      const type = response.headers.get('content-type') ?? '';
      types.add(type);
      if (type === 'image/png') expectPng(bytes);
      else expectJpeg(bytes);
      const shown = await fetch(receiver.received[index]?.text('PicUrl') ?? '');
      expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
    }
    expect([...types].sort()).toEqual(['image/jpeg', 'image/png']);
  });

  it('are real voices of some seconds', async () => {
    const [id] = await sent('voice', 'MediaId');
    const response = await download(id);
    expect(response.headers.get('content-type')).toBe('audio/amr');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 6).toString()).toBe('#!AMR\n');
    expect((bytes.length - 6) % 13).toBe(0);
    expect(voiceSeconds(bytes, 'amr')).toBeGreaterThan(1.9);
  });

  it('are real videos with a preview', async () => {
    const [id] = await sent('video', 'MediaId');
    const { video_url: url } = (await (await download(id)).json()) as Json;
    const bytes = Buffer.from(await (await fetch(String(url))).arrayBuffer());
    const boxes = boxesOf(bytes);
    expect(boxes.map(({ type }) => type)).toEqual(['ftyp', 'moov', 'mdat']);
    const media = boxes[2];
    const offset = bytes.readUInt32BE(bytes.indexOf('stco') + 12);
    expect(offset).toBe((media?.at ?? 0) + 8);
    // The first sample is a NAL unit of a key frame whose length leads to the next one.
    expect((bytes[offset + 4] ?? 0) & 31).toBe(5);
    expect((bytes[offset + 4 + bytes.readUInt32BE(offset) + 4] ?? 0) & 31).toBe(5);
    const [thumb] = await sent('video', 'ThumbMediaId');
    expectJpeg(Buffer.from(await (await download(thumb)).arrayBuffer()));
  });

  it('expire after three days as well', async () => {
    const [id] = await sent('image', 'MediaId');
    await advance(running, 3 * DAY);
    caller = await Caller.of(running, running.service);
    expect(await (await download(id)).json()).toMatchObject({ errcode: 40007 });
  });
});

function expectPng(bytes: Buffer): void {
  expect(bytes.subarray(0, 8).equals(PNG.subarray(0, 8))).toBe(true);
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const length = bytes.readUInt32BE(33);
  expect(inflateSync(bytes.subarray(41, 41 + length))).toHaveLength((width * 3 + 1) * height);
}

function expectJpeg(bytes: Buffer): void {
  expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
  expect(bytes.indexOf(Buffer.from('ffc0', 'hex'))).toBeGreaterThan(0);
}

function boxesOf(bytes: Buffer): { type: string; at: number }[] {
  const boxes: { type: string; at: number }[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), at });
  }
  return boxes;
}
