import { useEffect, useState } from 'react';
import type { ImportState } from '#shared/ipc/models';
import { call, subscribe } from '../../api';

/** The import of each account, by AppID; followed by topic. `onError` hears what could not be read. */
export function useImports(
  appids: readonly string[],
  onError: (error: unknown) => void,
): readonly [ReadonlyMap<string, ImportState>, (state: ImportState) => void] {
  const [states, setStates] = useState<ReadonlyMap<string, ImportState>>(new Map());
  const key = appids.join(' ');
  useEffect(() => {
    const set = (state: ImportState) => setStates((before) => new Map(before).set(state.appid, state));
    const dispose = subscribe('import.changed', set);
    for (const appid of key.split(' ').filter(Boolean)) {
      call('followers.importState', { appid }).then(set, onError);
    }
    return dispose;
  }, [key, onError]);
  const put = (state: ImportState) => setStates((before) => new Map(before).set(state.appid, state));
  return [states, put];
}
