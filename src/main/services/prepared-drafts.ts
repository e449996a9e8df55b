import { pictureOf } from '#shared/domain/cards/card';
import type { Input } from '#shared/ipc/contract';
import type { FoundDraft, PreparedDraft } from '#shared/ipc/prepared-models';
import type { Database } from '../db/port/database';
import type { MediaRecord } from '../db/port/media';
import type { MediaFiles } from './media-files';
import { posterIdOf } from './media-staging';

export interface PreparedDraftsDeps {
  readonly db: Pick<Database, 'conversations' | 'media'>;
  readonly files: Pick<MediaFiles, 'has'>;
}

type Item = PreparedDraft['tray'][number];
type Card = PreparedDraft['cards'][number];

/** What was prepared in conversations and not sent: read back with whatever of its files is still there. */
export interface PreparedDrafts {
  read(who: Input<'conversations.prepared'>): Promise<FoundDraft>;
}

export function createPreparedDrafts({ db, files }: PreparedDraftsDeps): PreparedDrafts {
  /** The record of a file that this account keeps and that is really there. */
  async function present(appid: string, id: string): Promise<MediaRecord | null> {
    const record = await db.media.get(id);
    return record?.appid === appid && record.direction === 'out' && (await files.has(id)) ? record : null;
  }

  async function item(appid: string, kept: Item): Promise<FoundDraft['tray'][number]> {
    if (kept.kind === 'text') return kept;
    const found = await present(appid, kept.stagedId);
    const poster = kept.fileKind === 'video' ? await present(appid, posterIdOf(kept.stagedId)) : null;
    return { ...kept, url: found && urlOf(found.id), posterUrl: found && poster && urlOf(poster.id) };
  }

  async function card(appid: string, kept: Card): Promise<FoundDraft['cards'][number]> {
    const id = pictureOf(kept);
    const found = id === null ? null : await present(appid, id);
    const picture = found && {
      ...{ pictureId: found.id, mime: found.mime ?? '', bytes: found.bytes ?? 0 },
      url: urlOf(found.id),
    };
    const gone = id !== null && found === null;
    return {
      card: gone && 'pictureId' in kept ? { ...kept, pictureId: '' } : kept,
      picture,
      pictureGone: gone,
    };
  }

  return {
    async read({ appid, openid }) {
      const kept = await db.conversations.prepared(appid, openid);
      return {
        tray: await Promise.all((kept?.tray ?? []).map((one) => item(appid, one))),
        cards: await Promise.all((kept?.cards ?? []).map((one) => card(appid, one))),
      };
    },
  };
}

const urlOf = (id: string): string => `app://media/${id}`;
