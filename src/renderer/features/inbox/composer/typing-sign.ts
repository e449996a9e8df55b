/** Tells main that someone is writing, as rarely as is of use; main knows what WeChat takes. */
import { call } from '../../../api';
import type { Person } from '../../../app/navigation';
import { keyOf } from '../key';

/** Main is not asked more often than this while the user types. */
const EVERY_MS = 5_000;

const askedAt = new Map<string, number>();

/** To be called with each change of the field; `empty`: everything was taken back. */
export function noteTyping({ appid, openid }: Person, empty: boolean): void {
  const name = keyOf({ appid, openid });
  const last = askedAt.get(name);
  if (empty) {
    askedAt.delete(name);
    if (last !== undefined) ask({ appid, openid }, false);
    return;
  }
  const now = performance.now();
  if (last !== undefined && now - last < EVERY_MS) return;
  askedAt.set(name, now);
  ask({ appid, openid }, true);
}

/** A message ends the sign by itself. */
export function forgetTyping(key: Person): void {
  askedAt.delete(keyOf(key));
}

function ask(key: Person, typing: boolean): void {
  // A courtesy: what became of it is in main's log, and nothing here depends on it.
  void call('conversations.typing', { ...key, typing }).catch(() => undefined);
}
