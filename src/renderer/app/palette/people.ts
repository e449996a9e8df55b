/** Conversations and followers by name, for the palette: the few that wrote last. */
import { useEffect, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { Follower } from '#shared/ipc/models';
import { call } from '../../api';
import { toAppErrorData } from '../../ui/errors';

const PAUSE_MS = 80;
const MOST = 8;

export interface FoundPeople {
  readonly rows: readonly Follower[];
  readonly error: AppErrorData | null;
}

const NOBODY: FoundPeople = { rows: [], error: null };

/** The people of all accounts whom `text` names. */
export function usePeople(text: string): FoundPeople {
  const asked = text.trim().slice(0, 100);
  const [found, setFound] = useState<FoundPeople & { readonly for: string }>({ ...NOBODY, for: '' });
  useEffect(() => {
    if (asked === '') return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      call('followers.page', {
        filter: { appid: null, text: asked, following: 'all', tagId: null, scene: null, windowOpen: null },
        sort: 'last-message-desc',
        offset: 0,
        limit: MOST,
      }).then(
        ({ rows }) => wanted && setFound({ rows, error: null, for: asked }),
        (error: unknown) => wanted && setFound({ rows: [], error: toAppErrorData(error), for: asked }),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked]);
  // Rows of the question before stay until the answer to this one is there: nothing blinks while typing.
  return asked === '' ? NOBODY : found;
}
