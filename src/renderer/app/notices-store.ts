/** What relays want the owner to know, until it is put away. */
import { create } from 'zustand';
import type { OwnerNotice } from '#shared/ipc/relay-models';
import { call, subscribe } from '../api';

interface NoticesState {
  readonly notices: readonly OwnerNotice[];
}

export const useNotices = create<NoticesState>(() => ({ notices: [] }));

async function refresh(): Promise<void> {
  useNotices.setState({ notices: await call('relay.notices', {}) });
}

/** Takes a notice off the screen; main remembers it. @throws AppError when main refuses, and the notice comes back */
export async function dismissNotice(id: number): Promise<void> {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  try {
    await call('relay.dismissNotice', { id });
  } catch (error) {
    await quietly(refresh);
    throw error;
  }
}

/** Reads the notices once and follows them. Returns the disposer. */
export function followNotices(): () => void {
  void quietly(refresh);
  return subscribe('relay.noticesChanged', () => void quietly(refresh));
}

/** A main that does not answer has its own screen; the notices of before stay. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch(() => undefined);
}
