/** The demo account's state: off, starting step by step, running, failed. */
import { create } from 'zustand';
import type { DemoStatus } from '#shared/ipc/models';
import { call, subscribe } from '../api';
import { toAppErrorData } from '../ui/errors';

const OFF: DemoStatus = { state: 'off', step: 0, steps: 0, appid: null, error: null };

export const useDemo = create<DemoStatus>(() => OFF);

function fail(error: unknown): void {
  useDemo.setState({ ...OFF, state: 'failed', error: toAppErrorData(error) });
}

/** Starts the demo; progress and failure arrive in the store. */
export async function startDemo(): Promise<void> {
  useDemo.setState({ ...OFF, state: 'starting' });
  try {
    useDemo.setState(await call('demo.start', {}));
  } catch (error) {
    fail(error);
  }
}

/** @throws AppError when main refuses. */
export async function removeDemo(): Promise<void> {
  useDemo.setState(await call('demo.remove', {}));
}

/** Reads the state once and follows it. Returns the disposer. */
export function followDemo(): () => void {
  const dispose = subscribe('demo.changed', (status) => useDemo.setState(status));
  call('demo.status', {}).then((status) => useDemo.setState(status), fail);
  return dispose;
}
