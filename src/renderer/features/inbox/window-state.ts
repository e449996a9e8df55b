/** The messaging window of one conversation as it stands now, redrawn as often as it needs to be. */
import type { WindowRecord, WindowState } from '#shared/domain/window';
import { windowState } from '#shared/domain/window';
import { useNow } from '../../ui/clock';

const CALM_MS = 10_000;
const TICK_MS = 1000;
/** From this many seconds before a window closes every second is drawn. */
const NEAR_SECONDS = 90;

/** Server time: every second around the end of this window, every ten seconds else. */
export function useWindowNow(record: WindowRecord | null): number {
  const calm = useNow(CALM_MS);
  const end = record?.grant?.expiresAt ?? null;
  const near = end !== null && Math.abs(end - calm) < NEAR_SECONDS;
  return useNow(near ? TICK_MS : CALM_MS);
}

export function useWindowState(record: WindowRecord): WindowState {
  return windowState(record, useWindowNow(record));
}
