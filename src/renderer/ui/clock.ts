/** Time as the server counts it. Windows are asked with this `now`, never with the machine's own. */
import { useCallback, useSyncExternalStore } from 'react';
import { subscribe } from '../api';

let offset = 0;

interface Ticker {
  readonly listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
  now: number;
}

const tickers = new Map<number, Ticker>();

/** Unix seconds of the server, fractional. */
export function serverNow(): number {
  return Date.now() / 1000 + offset;
}

function tick(ticker: Ticker): void {
  ticker.now = serverNow();
  for (const listener of ticker.listeners) listener();
}

/** Sets how far the server's clock is ahead of this machine's, seconds; every countdown redraws. */
export function setClockOffset(seconds: number): void {
  offset = seconds;
  for (const ticker of tickers.values()) tick(ticker);
}

/** Follows main's clock. Returns the disposer. */
export function followServerClock(): () => void {
  return subscribe('clock.changed', (change) => setClockOffset(change.offset));
}

function tickerOf(intervalMs: number): Ticker {
  let ticker = tickers.get(intervalMs);
  if (!ticker) {
    ticker = { listeners: new Set(), timer: null, now: serverNow() };
    tickers.set(intervalMs, ticker);
  }
  return ticker;
}

/** Calls `listener` every `intervalMs`; all callers of one interval share one timer. Returns the disposer. */
export function onTick(intervalMs: number, listener: () => void): () => void {
  const ticker = tickerOf(intervalMs);
  ticker.listeners.add(listener);
  if (ticker.timer === null) {
    ticker.now = serverNow();
    ticker.timer = setInterval(() => tick(ticker), intervalMs);
  }
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size === 0 && ticker.timer !== null) {
      clearInterval(ticker.timer);
      ticker.timer = null;
    }
  };
}

/** The time of the last shared tick, unix seconds; stable between ticks. */
export function tickNow(intervalMs: number): number {
  const ticker = tickerOf(intervalMs);
  // Without a running timer the kept time may be old: a first reader gets a fresh one.
  if (ticker.timer === null && serverNow() - ticker.now > intervalMs / 1000) ticker.now = serverNow();
  return ticker.now;
}

/** Server time in unix seconds, redrawn every `intervalMs` by a shared timer. */
export function useNow(intervalMs: number): number {
  // A stable function: a new one would stop and restart the timer with every draw.
  const follow = useCallback((listener: () => void) => onTick(intervalMs, listener), [intervalMs]);
  return useSyncExternalStore(follow, () => tickNow(intervalMs));
}
