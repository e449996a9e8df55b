/** Files of messages. */
import type { Message } from '#shared/ipc/models';

export interface MediaRecord {
  readonly id: string;
  readonly appid: string;
  readonly direction: 'in' | 'out';
  readonly remoteId: string | null;
  readonly state: 'pending' | 'ready' | 'expired' | 'failed';
  readonly mime: string | null;
  readonly bytes: number | null;
  readonly name: string | null;
  /** When WeChat's copy was made; it lives three days. */
  readonly createdAt: number;
}

export interface MediaReads {
  get(id: string): MediaRecord | null;
  /** Inbound media to fetch, those first that WeChat drops first. */
  pending(limit: number): MediaRecord[];
  waveform(id: string): { readonly peaks: Uint8Array; readonly seconds: number } | null;
  /** Ids of staged files, made before `before`, that no message shows and no draft holds. */
  unused(before: number): string[];
}

export interface MediaWrites {
  saveWaveform(id: string, waveform: { readonly peaks: Uint8Array; readonly seconds: number }): void;
  insert(media: MediaRecord): void;
  /** Removes a staged file's row unless a message shows it; whether it was removed. */
  removeUnused(id: string): boolean;
  /** Updates and answers the messages that show it. */
  update(
    id: string,
    patch: Partial<Pick<MediaRecord, 'state' | 'mime' | 'bytes' | 'remoteId' | 'createdAt'>>,
  ): Message[];
}
