import { parseMultipart } from '../http/multipart';
import { CONTENT_TYPES, sniff, voiceSeconds, type FileFormat } from '../media/sniff';
import type { MediaKind } from '../state/media';
import { fail } from './errors';
import { BinaryAnswer, type AccountCall, type ApiRoute } from './route';

const KB = 1024;
const MB = 1024 * KB;
const VOICE_SECONDS = 60;

/** Formats and sizes of temporary media (materials-and-publish.md §1), and the error of a file too big. */
const RULES: Readonly<Record<MediaKind, { formats: readonly FileFormat[]; bytes: number; tooBig: number }>> =
  {
    image: { formats: ['png', 'jpeg', 'gif'], bytes: 10 * MB, tooBig: 40009 },
    voice: { formats: ['amr', 'mp3'], bytes: 2 * MB, tooBig: 40010 },
    video: { formats: ['mp4'], bytes: 10 * MB, tooBig: 40011 },
    thumb: { formats: ['jpeg'], bytes: 64 * KB, tooBig: 40012 },
  };

export const mediaRoutes: readonly ApiRoute[] = [
  { path: '/cgi-bin/media/upload', method: 'POST', auth: 'token', needs: 'any', handle: upload },
  { path: '/cgi-bin/media/uploadimg', method: 'POST', auth: 'token', needs: 'any', handle: uploadPicture },
  { path: '/cgi-bin/media/get', method: 'GET', auth: 'token', needs: 'any', handle: download },
];

function upload(call: AccountCall): unknown {
  const kind = call.query['type'] ?? '';
  if (!isMediaKind(kind)) fail(40004);
  const { data, filename } = uploadedFile(call);
  const rule = RULES[kind];
  if (data.length > rule.bytes) fail(rule.tooBig);
  const format = sniff(data);
  if (format === 'unknown' || !rule.formats.includes(format)) fail(40005);
  if (kind === 'voice' && voiceSeconds(data, format) > VOICE_SECONDS) fail(45007);
  const media = call.account.media.add({
    kind,
    contentType: CONTENT_TYPES[format],
    filename: safeName(filename, format),
    createdAt: call.now,
    bytes: data,
  });
  return { type: kind, media_id: media.id, created_at: media.createdAt };
}

function uploadedFile(call: AccountCall): { readonly data: Buffer; readonly filename: string } {
  const parts = parseMultipart(call.contentType, call.rawBody);
  const file = parts?.find((part) => part.name === 'media' && part.filename !== null);
  if (file === undefined) fail(41005);
  if (file.data.length === 0) fail(44001);
  return { data: file.data, filename: file.filename ?? '' };
}

/** A picture for articles: below 1 MB, and an address instead of an id. WeChat keeps it; here it goes with temporary media. */
function uploadPicture(call: AccountCall): unknown {
  const { data, filename } = uploadedFile(call);
  if (data.length >= MB) fail(40009);
  const format = sniff(data);
  if (format !== 'jpeg' && format !== 'png') fail(40005);
  const media = call.account.media.add({
    kind: 'image',
    contentType: CONTENT_TYPES[format],
    filename: safeName(filename, format),
    createdAt: call.now,
    bytes: data,
  });
  return { url: `${call.world.origin()}/mmbiz/image/${media.id}/0` };
}

/** Files come as they are, with a file name; of a video only a link comes, in JSON. */
function download(call: AccountCall): unknown {
  const id = call.query['media_id'] ?? '';
  if (id === '') fail(41006);
  const media = call.account.media.get(id, call.now) ?? fail(40007);
  if (media.kind === 'video') return { video_url: `${call.world.origin()}/mmbiz/video/${media.id}` };
  return new BinaryAnswer(media.bytes(), media.contentType, media.filename);
}

function isMediaKind(value: string): value is MediaKind {
  return Object.hasOwn(RULES, value);
}

/** A name that can stand in a header: WeChat itself answers with names of its own making. */
function safeName(name: string, format: FileFormat): string {
  const plain = name.replaceAll(/[^\w.-]/g, '');
  return plain === '' || plain.startsWith('.') ? `media.${format === 'jpeg' ? 'jpg' : format}` : plain;
}
