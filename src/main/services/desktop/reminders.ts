import { displayName } from '#shared/domain/follower-identity';
import { nextClosing } from '#shared/domain/local-hours';
import { digestIsDue, dueReminder, REMINDER_LEADS } from '#shared/domain/reminders';
import { windowState } from '#shared/domain/window';
import type { Conversation } from '#shared/ipc/models';
import type { AccountRecord } from '../../db/port/accounts';
import { createSerial } from '../serial';
import type { Who } from './desk-state';
import { silentUntil, type NoticeDeps } from './notice-deps';
import { say, spanWords, timeWords } from './words';

export interface Reminders {
  /** Looks now, and then every minute. */
  start(): void;
  /** Looks now, e.g. after the computer slept. Resolves when everything due was told. */
  tick(): Promise<void>;
  /** Something of a conversation changed: its reminder goes when no reply is owed any more. */
  changed(who: Who): void;
  idle(): Promise<void>;
  stop(): void;
}

const LOOK_MS = 60_000;
/** More at once become one sentence. */
const MANY = 3;
/** Conversations looked at in one go; those that remain follow a minute later. */
const BATCH = 500;
/** Windows with less than this many seconds left are in the queue of those that close soon. */
const CLOSING_SOON = 4 * 3600;
/** Closing of the latest digest, in the database. */
const DIGEST = 'digest-closing';

type Due = Conversation & { readonly windowEndsAt: number };

const keyOf = ({ appid, openid }: Who): string => `${appid}:${openid}`;

/**
 * Reminds of replies that are owed before their windows close, and once a day before the shop does. What is told is stored
 * first, so that nothing is told twice, whatever happens in between.
 */
export function createReminders(deps: NoticeDeps): Reminders {
  const { db, clock, notifier, state, settings, locale } = deps;
  const serial = createSerial();
  const onScreen = new Set<string>();
  let cancel: (() => void) | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    if (stopped || !settings().notify) return;
    const accounts = (await db.accounts.list()).filter(
      ({ status, verified }) => status === 'bound' && verified,
    );
    if (settings().remind) await remind(accounts);
    if (settings().digest.on) await digest(accounts);
  }

  async function remind(accounts: readonly AccountRecord[]): Promise<void> {
    const now = clock.now();
    const silent = silentUntil(deps);
    const byAppid = new Map(accounts.map((account) => [account.appid, account]));
    const waiting = await db.desktop.waiting({
      ...{ appids: [...byAppid.keys()], leads: REMINDER_LEADS, now, limit: BATCH },
    });
    const due = waiting.flatMap(({ conversation, reminded }) => {
      const account = byAppid.get(conversation.appid);
      const reminder =
        account &&
        dueReminder(
          {
            ...{ window: conversation.window, snoozedUntil: conversation.snoozedUntil },
            ...{ needsReply: isOwed(conversation), account },
          },
          reminded,
          now,
          silent,
        );
      return reminder ? [{ ...conversation, ...reminder }] : [];
    });
    if (due.length === 0) return;
    await db.desktop.remember(
      due.map(({ appid, openid, windowEndsAt, lead }) => ({ appid, openid, windowEndsAt, lead })),
    );
    // Who looks at the conversation sees its window.
    const told = due.filter((conversation) => !state.isWatching(conversation));
    if (told.length > MANY) await showMany(told, accounts, silent !== null);
    else for (const conversation of told) show(conversation, silent !== null);
  }

  function show(conversation: Due, silent: boolean): void {
    const { appid, openid, window, windowEndsAt } = conversation;
    const now = clock.now();
    const open = windowState(window, now);
    onScreen.add(keyOf(conversation));
    notifier.show({
      id: `reminder:${keyOf(conversation)}`,
      title: say('reminderTitle', locale(), { name: displayName(conversation, locale()) }),
      body: say('reminderBody', locale(), {
        left: spanWords(windowEndsAt - now, locale()),
        time: timeWords(deps.localClock(windowEndsAt), locale()),
        replies: open.open ? open.remaining : 0,
      }),
      silent,
      onClick: () => state.open({ kind: 'conversation', appid, openid }),
    });
  }

  async function showMany(
    due: readonly Due[],
    accounts: readonly AccountRecord[],
    silent: boolean,
  ): Promise<void> {
    const first = Math.min(...due.map(({ windowEndsAt }) => windowEndsAt));
    const kind = await queue(accounts);
    notifier.show({
      id: 'reminders',
      title: say('reminderTitleMany', locale(), { count: due.length }),
      body: say('reminderBodyMany', locale(), { left: spanWords(first - clock.now(), locale()) }),
      silent,
      onClick: () => state.open({ kind }),
    });
  }

  /** Where those who wait are found: in the queue of what closes soon, unless nothing closes that soon. */
  async function queue(accounts: readonly AccountRecord[]): Promise<'closing-soon' | 'needs-reply'> {
    const now = clock.now();
    const appids = accounts.map(({ appid }) => appid);
    const soon = await db.desktop.closingBefore(appids, now, now + CLOSING_SOON);
    return soon > 0 ? 'closing-soon' : 'needs-reply';
  }

  async function digest(accounts: readonly AccountRecord[]): Promise<void> {
    const now = clock.now();
    const closing = nextClosing(settings().digest, deps.localClock, now);
    const last = await db.meta.get(DIGEST);
    if (closing === null || !digestIsDue(closing, last === null ? null : Number(last), now)) return;
    const waiting = accounts.reduce((sum, { needsReply }) => sum + needsReply, 0);
    if (waiting === 0) return;
    const appids = accounts.map(({ appid }) => appid);
    const count = await db.desktop.closingBefore(appids, now, closing.opensAt);
    await db.meta.set(DIGEST, String(closing.closesAt));
    const kind = await queue(accounts);
    const body = count === 0 ? 'digestCalm' : count === 1 ? 'digestClosingOne' : 'digestClosing';
    notifier.show({
      id: 'digest',
      title: say(waiting === 1 ? 'digestTitleOne' : 'digestTitle', locale(), { count: waiting }),
      body: say(body, locale(), { count, time: timeWords(deps.localClock(closing.opensAt), locale()) }),
      silent: silentUntil(deps) !== null,
      onClick: () => state.open({ kind }),
    });
  }

  const tick = (): Promise<void> => serial.run('look', look);

  function watch(): void {
    cancel = deps.timers.after(deps.lookEveryMs ?? LOOK_MS, watch);
    tick().catch((error: unknown) => deps.log.error('reminders-failed', { error }));
  }

  async function takeAway(who: Who): Promise<void> {
    const [conversation] = await db.desktop.conversations([who]);
    if (conversation && isOwed(conversation)) return;
    onScreen.delete(keyOf(who));
    notifier.close(`reminder:${keyOf(who)}`);
  }

  return {
    start: watch,
    tick,
    changed(who) {
      if (!onScreen.has(keyOf(who)) || stopped) return;
      serial
        .run('look', () => takeAway(who))
        .catch((error: unknown) => deps.log.error('reminders-failed', { error }));
    },
    idle: serial.idle,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

/** The follower spoke last, and the owner has not put the conversation away for good. */
function isOwed({ needsReply, done, muted }: Conversation): boolean {
  return needsReply && !done && !muted;
}
