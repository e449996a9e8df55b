import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { PairedRelay } from '#shared/ipc/relay-models';
import { call, subscribe } from '../../../api';
import { toAppErrorData } from '../../../ui/errors';

export interface Reading<T> {
  /** null until it was read once; kept while a later reading fails. */
  readonly value: T | null;
  readonly error: AppErrorData | null;
  refresh(): Promise<void>;
}

/** Reads now and whenever asked; of readings that overlap the last one counts. */
export function useReading<T>(read: () => Promise<T>): Reading<T> {
  const [state, setState] = useState<Omit<Reading<T>, 'refresh'>>({ value: null, error: null });
  const latest = useRef(0);
  const refresh = useCallback(async () => {
    const mine = ++latest.current;
    try {
      const value = await read();
      if (mine === latest.current) setState({ value, error: null });
    } catch (error) {
      if (mine === latest.current) setState(({ value }) => ({ value, error: toAppErrorData(error) }));
    }
  }, [read]);
  useEffect(() => {
    void refresh();
    return () => {
      latest.current += 1;
    };
  }, [refresh]);
  return { ...state, refresh };
}

const readRelays = (): Promise<PairedRelay[]> => call('relay.list', {});

/** The relays that this computer is paired with; accounts that come or go change them. */
export function useRelays(): Reading<PairedRelay[]> {
  const reading = useReading(readRelays);
  const { refresh } = reading;
  useEffect(() => subscribe('accounts.changed', () => void refresh()), [refresh]);
  return reading;
}
