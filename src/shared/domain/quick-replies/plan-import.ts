/**
 * What an import would do, before it is done. Two replies are the same when they are for the same accounts and have the
 * same shortcut, or, where one of them has none, the same name: then the file's words take the place of those here, and
 * use and place stay. A reply that stands in the file twice counts as its last one.
 */
import { foldText } from '../replies/fold-text';
import { checkQuickReply, type ReplyProblem } from './check-quick-reply';
import type { LibraryEntry, LibraryPicture, LibraryReply } from './library-file';
import {
  bodyPicture,
  MAX_QUICK_REPLIES,
  VARIANTS,
  type QuickReply,
  type QuickReplyBody,
  type QuickReplyFolder,
} from './quick-reply';

export type ImportProblem =
  ReplyProblem | { readonly field: 'entry'; readonly problem: 'unreadable' | 'picture-missing' | 'too-many' };

/** Something to know about a reply that comes in all the same. */
export type ImportNote = 'other-account' | 'repeated';

export interface PlannedEntry {
  readonly row: number;
  readonly name: string;
  readonly action: 'add' | 'update' | 'same' | 'skip' | 'refuse';
  /** The reply here that it takes the place of. */
  readonly replaces: string | null;
  readonly reply: LibraryReply | null;
  readonly problems: readonly ImportProblem[];
  readonly notes: readonly ImportNote[];
}

export interface Existing {
  readonly replies: readonly QuickReply[];
  readonly folders: readonly QuickReplyFolder[];
  /** Accounts of this computer. */
  readonly appids: readonly string[];
  /** Whether the picture of a body that is here has the bytes of one in the file. */
  readonly samePicture: (here: string, there: LibraryPicture) => boolean;
}

export function planImport(
  entries: readonly LibraryEntry[],
  pictures: Readonly<Record<string, LibraryPicture>>,
  existing: Existing,
): readonly PlannedEntry[] {
  const scoped = entries.map((entry) => scopedEntry(entry, existing.appids));
  let room = MAX_QUICK_REPLIES - existing.replies.length;
  return scoped.map(({ entry, notes }, index) => {
    const { row, name, reply } = entry;
    const plan = (
      action: PlannedEntry['action'],
      rest: Partial<Pick<PlannedEntry, 'replaces' | 'problems' | 'notes'>> = {},
    ): PlannedEntry => ({ row, name, reply, action, replaces: null, problems: [], notes, ...rest });
    if (reply === null) return plan('refuse', { problems: [{ field: 'entry', problem: 'unreadable' }] });
    const repeated = scoped
      .slice(index + 1)
      .some(({ entry: later }) => later.reply && isSame(later.reply, reply));
    if (repeated) return plan('skip', { notes: [...notes, 'repeated'] });
    const here = existing.replies.find((known) => isSame(known, reply)) ?? null;
    const problems = problemsOf(reply, here, pictures, existing);
    if (problems.length > 0) return plan('refuse', { problems });
    if (here === null) {
      room -= 1;
      return room < 0 ? plan('refuse', { problems: [{ field: 'entry', problem: 'too-many' }] }) : plan('add');
    }
    const folder = existing.folders.find(({ id }) => id === here.folderId)?.name ?? null;
    const unchanged = folder === reply.folder && saysTheSame(here, reply, pictures, existing);
    return plan(unchanged ? 'same' : 'update', { replaces: here.id });
  });
}

/** A reply for an account that is not on this computer comes in for every account. */
function scopedEntry(
  entry: LibraryEntry,
  appids: readonly string[],
): { readonly entry: LibraryEntry; readonly notes: readonly ImportNote[] } {
  const { reply } = entry;
  if (reply?.appid == null || appids.includes(reply.appid)) return { entry, notes: [] };
  return { entry: { ...entry, reply: { ...reply, appid: null } }, notes: ['other-account'] };
}

type Named = Pick<QuickReply, 'appid' | 'shortcut' | 'name'>;

function isSame(one: Named, other: Named): boolean {
  if (one.appid !== other.appid) return false;
  const [a, b] = [one.shortcut, other.shortcut].map((shortcut) => foldText(shortcut.trim()));
  if (a !== '' && b !== '') return a === b;
  return foldText(one.name.trim()) === foldText(other.name.trim());
}

function problemsOf(
  reply: LibraryReply,
  here: QuickReply | null,
  pictures: Readonly<Record<string, LibraryPicture>>,
  existing: Existing,
): readonly ImportProblem[] {
  const whole: QuickReply = { ...reply, id: here?.id ?? '', folderId: null };
  const missing = VARIANTS.some((variant) => {
    const body = reply[variant];
    const picture = body && bodyPicture(body);
    return picture !== null && !Object.hasOwn(pictures, picture);
  });
  return [
    ...checkQuickReply(whole, existing.replies),
    ...(missing ? [{ field: 'entry', problem: 'picture-missing' } as const] : []),
  ];
}

function saysTheSame(
  here: QuickReply,
  there: LibraryReply,
  pictures: Readonly<Record<string, LibraryPicture>>,
  existing: Existing,
): boolean {
  if (here.name !== there.name || here.shortcut !== there.shortcut) return false;
  return VARIANTS.every((variant) => {
    const [one, other] = [here[variant], there[variant]];
    if (one === null || other === null) return one === other;
    if (JSON.stringify(wordsOnly(one)) !== JSON.stringify(wordsOnly(other))) return false;
    const [picture, wanted] = [bodyPicture(one), bodyPicture(other)];
    if (picture === null || wanted === null) return picture === wanted;
    const file = pictures[wanted];
    return file !== undefined && existing.samePicture(picture, file);
  });
}

/** The fields in one order, the picture's name left out: it is different on every computer. */
function wordsOnly(body: QuickReplyBody): readonly (readonly [string, unknown])[] {
  return Object.entries(body)
    .filter(([name]) => name !== 'pictureId')
    .sort(([a], [b]) => a.localeCompare(b));
}
