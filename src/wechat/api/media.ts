import { present } from '../answer';
import type { UploadOptions, WeChatClient } from '../client';
import { badResponse } from '../http';
import type { UploadFile } from '../multipart';

export type TemporaryMediaType = 'image' | 'voice' | 'video' | 'thumb';

/** A file that WeChat keeps for three days. */
export interface TemporaryMedia {
  readonly mediaId: string;
  /** Unix seconds by WeChat's clock. */
  readonly createdAt: number;
}

interface UploadAnswer {
  readonly type: string;
  readonly media_id?: string;
  readonly thumb_media_id?: string;
  readonly created_at: number;
}

/** uploadTempMedia (新增临时素材), POST `/cgi-bin/media/upload?type=`: multipart field `media`; limits in `media-limits`. */
export async function uploadTemporaryMedia(
  client: WeChatClient,
  type: TemporaryMediaType,
  file: UploadFile,
  options: Pick<UploadOptions, 'onSent'> = {},
): Promise<TemporaryMedia> {
  const answer = await client.upload<UploadAnswer>('/cgi-bin/media/upload', { type }, file, options);
  // Older answers name a thumbnail's id differently.
  const mediaId = answer.media_id ?? answer.thumb_media_id;
  if (mediaId === undefined) throw badResponse(200);
  return { mediaId, createdAt: answer.created_at };
}

/**
 * uploadImage (上传图文消息内的图片), POST `/cgi-bin/media/uploadimg`: below 1 MB, JPG or PNG; 40005, 40009 else. The address it
 * answers works on WeChat's own pages and does not expire.
 */
export async function uploadArticlePicture(client: WeChatClient, file: UploadFile): Promise<string> {
  const { url } = await client.upload<{ readonly url?: string }>('/cgi-bin/media/uploadimg', {}, file);
  return present(url);
}

export type FetchedMedia =
  | {
      readonly kind: 'file';
      readonly contentType: string;
      readonly filename: string | null;
      readonly bytes: Buffer;
    }
  /** A video is not sent itself; this is where it can be fetched, for a short time. */
  | { readonly kind: 'video'; readonly videoUrl: string };

/** getTempMedia (获取临时素材), GET `/cgi-bin/media/get`. 40007 when it is older than three days or another account's. */
export async function getTemporaryMedia(client: WeChatClient, mediaId: string): Promise<FetchedMedia> {
  const download = await client.download('/cgi-bin/media/get', { media_id: mediaId });
  if (download.kind === 'binary') {
    const { contentType, filename, bytes } = download;
    return { kind: 'file', contentType, filename, bytes };
  }
  const { video_url: videoUrl } = download.json as { readonly video_url?: unknown };
  if (typeof videoUrl !== 'string') throw badResponse(200);
  return { kind: 'video', videoUrl };
}
