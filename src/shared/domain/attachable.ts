/** Files that a customer-service message carries: which kind a file is, and whether this account may send it. */
import type { AccountTraits, Capability, CapabilityLimit } from './capabilities';
import { capabilityOf } from './capabilities';
import type { MediaKind } from './media-limits';
import { mediaLimit } from './media-limits';

export const FILE_KINDS = ['image', 'voice', 'video'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const CAPABILITY: Readonly<Record<FileKind, Capability>> = {
  image: 'customer-image',
  voice: 'customer-voice',
  video: 'customer-video',
};

/** The kind a file of this type is sent as; null when no kind of message carries it. Temporary media, materials §1. */
export function fileKindOf(mime: string): FileKind | null {
  return FILE_KINDS.find((kind) => mediaLimit(kind).mimes.includes(mime)) ?? null;
}

/** Why an account may not send this kind at all; null: it may (S3.8). Asked before a file is read, and again before a send. */
export function kindObstacle(account: AccountTraits, kind: FileKind): CapabilityLimit | null {
  const state = capabilityOf(account, CAPABILITY[kind]);
  return state.level === 'no' ? state.limit : null;
}

/** Whether a message's content is of a kind that files make. */
export function isFileKind(kind: string): kind is FileKind & MediaKind {
  return (FILE_KINDS as readonly string[]).includes(kind);
}
