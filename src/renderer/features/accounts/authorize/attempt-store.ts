/** The attempt to authorize an account; it lives in main and goes on whatever screen is shown. */
import { create } from 'zustand';
import type { AuthorizationAttempt } from '#shared/ipc/authorize-models';
import { call, subscribe } from '../../../api';

export const useAttempt = create<{ readonly attempt: AuthorizationAttempt | null }>(() => ({
  attempt: null,
}));

/** Reads the attempt once and follows it. Returns the disposer. */
export function followAttempt(onError: (error: unknown) => void): () => void {
  let heard = false;
  const dispose = subscribe('authorize.changed', ({ attempt }) => {
    heard = true;
    useAttempt.setState({ attempt });
  });
  call('authorize.status', {}).then((attempt) => {
    if (!heard) useAttempt.setState({ attempt });
  }, onError);
  return dispose;
}
