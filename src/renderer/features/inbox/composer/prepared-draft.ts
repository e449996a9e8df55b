/** What is prepared beside the field, as main keeps it over a restart. */
import type { FoundDraft, PreparedDraft } from '#shared/ipc/prepared-models';
import type { Tray, TrayItem } from './tray';

/** What of the tray can be kept: what is still being read or was refused is not there to be kept. */
export function keptTray(tray: Tray): PreparedDraft['tray'] {
  return tray.flatMap((item): PreparedDraft['tray'] => {
    if (item.kind === 'text') return [item];
    if (item.now.state !== 'staged') return [];
    const { id, kind, name, title, now } = item;
    const { kind: fileKind, stagedId, mime, bytes, seconds } = now.file;
    return [{ kind, id, name, title, fileKind, stagedId, mime, bytes, seconds }];
  });
}

/** The tray as it was; a file that is gone says so in its place. */
export function trayOf(found: FoundDraft['tray']): Tray {
  return found.map((item): TrayItem => {
    if (item.kind === 'text') return item;
    const { kind, id, name, title, fileKind, stagedId, mime, bytes, seconds, url, posterUrl } = item;
    return {
      ...{ kind, id, name, title, fileKind, bytes },
      now:
        url === null
          ? { state: 'refused', refusal: { why: 'gone' } }
          : {
              state: 'staged',
              file: { kind: fileKind, stagedId, url, mime, bytes, seconds },
              poster: posterUrl,
            },
    };
  });
}

/** Every text of a draft, one under the other: what the list shows and the search finds. */
export function draftText(tray: Tray, inField: string): string {
  return [...textsOf(tray), inField].filter((text) => text !== '').join('\n');
}

/** What stands in the field of such a text; null when it was changed elsewhere and no longer begins with the tray's texts. */
export function fieldOf(tray: Tray, draft: string): string | null {
  const piled = draftText(tray, '');
  if (piled === '' || piled === draft) return piled === '' ? draft : '';
  return draft.startsWith(`${piled}\n`) ? draft.slice(piled.length + 1) : null;
}

function textsOf(tray: Tray): string[] {
  return tray.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
}
