import { AppError } from '#shared/app-error';
import type { Input, Output } from '#shared/ipc/contract';
import type { Locale } from '#shared/localized';
import type { Database } from '../db/port/database';
import type { FileDialogs } from './file-dialogs';
import type { FollowersService, MediaService } from './interfaces';

type One = Input<'messages.details'>;

export interface MessageDeskDeps {
  readonly db: Pick<Database, 'conversations'>;
  readonly media: Pick<MediaService, 'read' | 'waveform'>;
  readonly followers: Pick<FollowersService, 'lookUp'>;
  readonly dialogs: FileDialogs;
  readonly locale: () => Locale;
  /** The picture as PNG, which every clipboard takes; null when it cannot be read as one. */
  readonly toPng: (bytes: Uint8Array) => Uint8Array<ArrayBuffer> | null;
}

/** What can be done with one message beside answering it. */
export interface MessageDesk {
  /** @throws AppError conversation/not-found */
  details(one: One): Promise<Output<'messages.details'>>;
  /** @throws AppError conversation/not-found, media/staged-missing, media/unreadable, file/not-written */
  saveMedia(one: One): Promise<boolean>;
  /** @throws AppError conversation/not-found, media/staged-missing */
  png(one: One): Promise<Uint8Array<ArrayBuffer> | null>;
  waveform(one: One): Promise<Output<'messages.waveform'>>;
  /** Whether they follow, as WeChat answers now; what it answers is stored. */
  checkFollower(who: Input<'messages.checkFollower'>): Promise<boolean>;
}

const KINDS = {
  image: { 'zh-CN': '图片', en: 'Image' },
  audio: { 'zh-CN': '语音', en: 'Voice' },
  video: { 'zh-CN': '视频', en: 'Video' },
  file: { 'zh-CN': '文件', en: 'File' },
} as const;
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'audio/wav': 'wav',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
};

export function createMessageDesk(deps: MessageDeskDeps): MessageDesk {
  const { db, media, dialogs, locale } = deps;

  async function fileOf({ appid, messageId }: One) {
    const stored = await db.conversations.message(appid, messageId);
    if (!stored?.mediaId) throw new AppError({ code: 'conversation/not-found' });
    return { message: stored.message, mediaId: stored.mediaId };
  }

  return {
    async details({ appid, messageId }) {
      const stored = await db.conversations.message(appid, messageId);
      const origin = await db.conversations.origin(appid, messageId);
      if (!stored || !origin) throw new AppError({ code: 'conversation/not-found' });
      const { body } = stored.message;
      return { ...origin, failure: body.direction === 'out' ? body.failure : null };
    },
    async saveMedia(one) {
      const { message, mediaId } = await fileOf(one);
      const { bytes, mime } = await media.read(mediaId);
      const extension = EXTENSIONS[mime] ?? 'bin';
      const kind = mime.split('/')[0];
      const names = kind === 'image' || kind === 'audio' || kind === 'video' ? KINDS[kind] : KINDS.file;
      const name = names[locale()];
      return dialogs.save({
        suggestedName: `${name} ${fileTime(message.at)}.${extension}`,
        kinds: [{ name, extensions: [extension] }],
        bytes,
      });
    },
    async png(one) {
      const { mediaId } = await fileOf(one);
      const { bytes } = await media.read(mediaId);
      return deps.toPng(bytes);
    },
    checkFollower: async ({ appid, openid }) => (await deps.followers.lookUp(appid, openid)).following,
    async waveform(one) {
      const { mediaId } = await fileOf(one);
      const wave = await media.waveform(mediaId);
      if (wave === null) return { waveform: null };
      return { waveform: { peaks: Array.from(wave.peaks, (peak) => peak / 255), seconds: wave.seconds } };
    },
  };
}

/** `2026-04-15 10.30.05`: sorts, and no system refuses it. */
function fileTime(at: number): string {
  const date = new Date(at * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('.')}`;
}
