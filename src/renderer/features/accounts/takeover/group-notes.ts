import type { Takeover } from '#shared/ipc/takeover-models';

type Note = Takeover['menu']['notes'][number];

/** One line for each reason, with all that it concerns, in the order in which the reasons first appear. */
export function groupNotes(
  notes: readonly Note[],
): readonly { readonly reason: Note['reason']; readonly names: readonly string[] }[] {
  const groups = new Map<Note['reason'], string[]>();
  for (const { reason, name } of notes) groups.set(reason, [...(groups.get(reason) ?? []), name]);
  return [...groups].map(([reason, names]) => ({ reason, names }));
}
