import type { Payload } from '#shared/ipc/contract';
import { DEFAULT_SOUND } from '#shared/ipc/desktop-models';
import type { Message } from '#shared/ipc/models';
import type { TopicName } from '#shared/ipc/names';
import { createMessageNotices, type MessageNoticesDeps } from './message-notices';
import { createReminders } from './reminders';
import { say } from './words';

/** What waits, over all accounts. */
export interface DeskCounts {
  /** Messages. */
  readonly unread: number;
  /** Conversations. */
  readonly needsReply: number;
}

export interface DesktopDeps extends MessageNoticesDeps {
  /** Tray, badge and title. */
  readonly showCounts: (counts: DeskCounts) => void;
}

export interface DesktopService {
  /** Followers wrote. Returns at once. */
  arrived(messages: readonly Message[]): void;
  /** What the page is told is news for the desktop too. */
  heard(topic: TopicName, payload: unknown): void;
  /** Looks for what is due now, e.g. after the computer slept. */
  tick(): Promise<void>;
  /** One notification, for the owner to see that the system shows them. */
  tryNotification(): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Changes come in bursts; milliseconds. */
const COUNT_MS = 150;

/** Everything around the page that depends on what is stored: notifications, reminders, counts. */
export function createDesktopService(deps: DesktopDeps): DesktopService {
  const notices = createMessageNotices(deps);
  const reminders = createReminders(deps);
  let counting: (() => void) | null = null;
  let stopped = false;

  async function count(): Promise<void> {
    const accounts = await deps.db.accounts.list();
    if (stopped) return;
    deps.showCounts({
      unread: accounts.reduce((sum, { unread }) => sum + unread, 0),
      needsReply: accounts.reduce((sum, { needsReply }) => sum + needsReply, 0),
    });
  }
  function countSoon(): void {
    counting ??= deps.timers.after(COUNT_MS, () => {
      counting = null;
      count().catch((error: unknown) => deps.log.error('counts-failed', { error }));
    });
  }

  countSoon();
  reminders.start();
  return {
    arrived: notices.arrived,
    heard(topic, payload) {
      if (stopped) return;
      if (topic === 'accounts.changed') countSoon();
      if (topic !== 'conversations.changed') return;
      const { appid, openid } = payload as Payload<'conversations.changed'>;
      if (openid === null) return;
      notices.changed({ appid, openid });
      reminders.changed({ appid, openid });
    },
    tick: reminders.tick,
    tryNotification() {
      deps.notifier.show({
        id: 'try',
        title: say('tryTitle', deps.locale()),
        body: say('tryBody', deps.locale()),
        silent: deps.play(DEFAULT_SOUND),
        onClick: () => deps.state.open({ kind: 'inbox' }),
      });
    },
    async idle() {
      await Promise.all([notices.idle(), reminders.idle()]);
    },
    async stop() {
      stopped = true;
      counting?.();
      notices.stop();
      reminders.stop();
      await Promise.all([notices.idle(), reminders.idle()]);
      deps.notifier.closeAll();
    },
  };
}
