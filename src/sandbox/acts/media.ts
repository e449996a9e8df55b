import { encodeAmr } from '../media/amr';
import { encodeJpeg } from '../media/jpeg';
import { encodeMp4 } from '../media/mp4';
import { drawPicture } from '../media/picture';
import { encodePng } from '../media/png';
import { CONTENT_TYPES, sniff } from '../media/sniff';
import type { Account } from '../state/account';
import type { Media } from '../state/media';

/** Pictures as phones send them, and their small previews. */
const PICTURE = { width: 480, height: 360 };
const THUMB = { width: 120, height: 90 };

/** A picture a follower sends: the given file, or one drawn by name; every third drawn one is a PNG. */
export function pictureOf(account: Account, now: number, file: Buffer | null): Media {
  if (file !== null) return keepFile(account, now, file);
  const name = `${account.appid}/${account.random.hex(8)}`;
  const isPng = account.random.chance(1 / 3);
  return account.media.add({
    kind: 'image',
    contentType: isPng ? 'image/png' : 'image/jpeg',
    filename: isPng ? `${name.slice(-8)}.png` : `${name.slice(-8)}.jpg`,
    createdAt: now,
    bytes: () => {
      const picture = drawPicture(name, PICTURE.width, PICTURE.height);
      return isPng ? encodePng(picture) : encodeJpeg(picture);
    },
  });
}

export function thumbOf(account: Account, now: number): Media {
  const name = `${account.appid}/${account.random.hex(8)}`;
  return account.media.add({
    kind: 'thumb',
    contentType: 'image/jpeg',
    filename: `${name.slice(-8)}.jpg`,
    createdAt: now,
    bytes: () => encodeJpeg(drawPicture(name, THUMB.width, THUMB.height)),
  });
}

export function voiceOf(account: Account, now: number, seconds: number): Media {
  const name = `${account.appid}/${account.random.hex(8)}`;
  return account.media.add({
    kind: 'voice',
    contentType: 'audio/amr',
    filename: `${name.slice(-8)}.amr`,
    createdAt: now,
    bytes: () => encodeAmr(name, seconds),
  });
}

export function videoOf(account: Account, now: number, seconds: number): Media {
  const name = `${account.appid}/${account.random.hex(8)}`;
  return account.media.add({
    kind: 'video',
    contentType: 'video/mp4',
    filename: `${name.slice(-8)}.mp4`,
    createdAt: now,
    bytes: () => encodeMp4(name, seconds),
  });
}

function keepFile(account: Account, now: number, file: Buffer): Media {
  const format = sniff(file);
  return account.media.add({
    kind: 'image',
    contentType: format === 'unknown' ? 'application/octet-stream' : CONTENT_TYPES[format],
    filename: `photo.${format === 'jpeg' ? 'jpg' : format}`,
    createdAt: now,
    bytes: file,
  });
}
