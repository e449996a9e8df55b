/** The results as one list of lines, so that a long one is drawn by window and walked through by arrows. */
import type { FoundPerson, FoundQuickReply, SearchGroup, SearchHit } from '#shared/ipc/search-models';
import { keyOf } from '../key';
import type { Found } from './search-store';

export type SectionName = 'people' | 'drafts' | 'quickReplies' | 'messages';

export type ResultRow =
  | { readonly kind: 'section'; readonly id: string; readonly name: SectionName }
  | { readonly kind: 'reply'; readonly id: string; readonly found: FoundQuickReply }
  | { readonly kind: 'person'; readonly id: string; readonly person: FoundPerson }
  | { readonly kind: 'group'; readonly id: string; readonly group: SearchGroup }
  | { readonly kind: 'hit'; readonly id: string; readonly group: SearchGroup; readonly hit: SearchHit }
  | { readonly kind: 'more'; readonly id: string; readonly group: SearchGroup };

export function resultRows({ people, drafts, quickReplies, groups }: Found): ResultRow[] {
  const section = (name: SectionName, rows: ResultRow[]): ResultRow[] =>
    rows.length === 0 ? [] : [{ kind: 'section', id: name, name }, ...rows];
  const persons = (name: string, all: readonly FoundPerson[]): ResultRow[] =>
    all.map((person) => ({ kind: 'person', id: `${name} ${keyOf(person.conversation)}`, person }));
  return [
    ...section('people', persons('people', people)),
    ...section('drafts', persons('drafts', drafts)),
    ...section(
      'quickReplies',
      quickReplies.map((found) => ({ kind: 'reply', id: `reply ${found.reply.id}`, found })),
    ),
    ...section('messages', groups.flatMap(groupRows)),
  ];
}

function groupRows(group: SearchGroup): ResultRow[] {
  const id = keyOf(group.conversation);
  return [
    { kind: 'group', id, group },
    ...group.hits.map((hit): ResultRow => ({ kind: 'hit', id: `${id} ${hit.message.id}`, group, hit })),
    ...(group.count > group.hits.length ? [{ kind: 'more', id: `${id} more`, group } as const] : []),
  ];
}

/** Headings are passed over. */
export function canChoose(row: ResultRow | undefined): boolean {
  return row !== undefined && row.kind !== 'section' && row.kind !== 'group';
}

/** The line to go to from `from` (-1: from before the first); stays where there is none that way. */
export function walk(rows: readonly ResultRow[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < rows.length; at += step) if (canChoose(rows[at])) return at;
  return from;
}
