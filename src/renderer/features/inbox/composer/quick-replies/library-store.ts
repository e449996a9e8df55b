/** The library of quick replies as main keeps it; small by its own limit, so it is here whole. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { QuickReplyLibrary } from '#shared/ipc/quick-reply-models';
import { call, subscribe } from '../../../../api';
import { toAppErrorData } from '../../../../ui/errors';

interface LibraryState {
  /** null before the first answer. */
  readonly library: QuickReplyLibrary | null;
  readonly error: AppErrorData | null;
}

export const useLibrary = create<LibraryState>(() => ({ library: null, error: null }));

let turn = 0;

export async function readLibrary(): Promise<void> {
  turn += 1;
  const asked = turn;
  try {
    const library = await call('quickReplies.list', {});
    if (asked === turn) useLibrary.setState({ library, error: null });
  } catch (error) {
    if (asked === turn) useLibrary.setState({ error: toAppErrorData(error) });
  }
}

let followers = 0;
let dispose: (() => void) | null = null;

/** Keeps the library fresh while someone shows it. */
export function useFollowedLibrary(): LibraryState {
  useEffect(() => {
    followers += 1;
    if (followers === 1) dispose = subscribe('quickReplies.changed', () => void readLibrary());
    void readLibrary();
    return () => {
      followers -= 1;
      if (followers === 0) dispose?.();
    };
  }, []);
  return useLibrary();
}
