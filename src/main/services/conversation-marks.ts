/** Pins, mutes, snoozes and what is done; brings back what was snoozed when its time has come. */
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Input } from '#shared/ipc/contract';
import type { Logger } from '#shared/log';
import type { Database } from '../db/port/database';
import type { Publish } from './ports';

export interface ConversationMarksDeps {
  readonly db: Database;
  /** The server's clock. */
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
}

export interface ConversationMarksService {
  setPinned(input: Input<'conversations.setPinned'>): Promise<void>;
  setMuted(input: Input<'conversations.setMuted'>): Promise<void>;
  /** @throws AppError snooze/past when `until` is not in the future */
  snooze(input: Input<'conversations.snooze'>): Promise<void>;
  setDone(input: Input<'conversations.setDone'>): Promise<void>;
  markUnread(input: Input<'conversations.markUnread'>): Promise<void>;
  /** Brings back what came due while the app was closed, and waits for the next. */
  start(): Promise<void>;
  /** The server's clock was set, or the computer slept: what is due now comes back now. */
  timeChanged(): void;
  stop(): Promise<void>;
}

/** A timer over a sleep of the computer or a change of clocks must not be trusted for longer, seconds. */
const LOOK_AGAIN = 60;

export function createConversationMarksService(deps: ConversationMarksDeps): ConversationMarksService {
  const { db, clock, logger, publish } = deps;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let again = false;
  let running = false;

  function tell({ appid, openid }: { readonly appid: string; readonly openid: string }): void {
    publish('conversations.changed', { appid, openid });
    publish('accounts.changed', { appid });
  }

  function arm(next: number | null): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!running || next === null) return;
    const seconds = Math.min(Math.max(next - clock.now(), 0), LOOK_AGAIN);
    timer = setTimeout(look, Math.ceil(seconds * 1000));
    timer.unref();
  }

  async function bringBack(): Promise<void> {
    do {
      again = false;
      const next = await db.marks.nextReturn();
      if (next !== null && next <= clock.now()) {
        for (const who of await db.marks.endSnoozes(clock.now())) tell(who);
        again = true;
      } else arm(next);
    } while (again);
  }

  /** One look at a time; a wish meanwhile causes one more. */
  function look(): void {
    if (!running) return;
    again = true;
    looking ??= bringBack()
      .catch((error: unknown) => {
        logger.error('snooze-broke-off', { error });
        arm(clock.now() + LOOK_AGAIN);
      })
      .finally(() => {
        looking = null;
        if (again) look();
      });
  }

  return {
    async setPinned({ appid, openid, pinned }) {
      await db.marks.setPinned(appid, openid, pinned, clock.now());
      tell({ appid, openid });
    },
    async setMuted({ appid, openid, muted }) {
      await db.marks.setMuted(appid, openid, muted, clock.now());
      tell({ appid, openid });
    },
    async snooze({ appid, openid, until }) {
      if (until !== null && until <= clock.now()) throw new AppError({ code: 'snooze/past' });
      await db.marks.snooze(appid, openid, until, clock.now());
      tell({ appid, openid });
      look();
    },
    async setDone({ appid, openid, done }) {
      await db.marks.setDone(appid, openid, done, clock.now());
      tell({ appid, openid });
    },
    async markUnread({ appid, openid }) {
      await db.marks.markUnread(appid, openid);
      tell({ appid, openid });
    },
    async start() {
      running = true;
      look();
      await looking;
    },
    timeChanged: look,
    async stop() {
      running = false;
      arm(null);
      await looking;
    },
  };
}
