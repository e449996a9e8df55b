import { displayName } from '#shared/domain/follower-identity';
import type { Conversation, Message } from '#shared/ipc/models';
import { DEFAULT_SOUND, type Sound } from '#shared/ipc/desktop-models';
import type { Who } from './desk-state';
import { heldMessages, type Held } from './held-messages';
import { silentUntil, type NoticeDeps } from './notice-deps';
import { replyFromNotice, type ReplyDeps } from './reply-from-notice';
import { inboundWords, say } from './words';

export interface MessageNoticesDeps extends NoticeDeps {
  readonly conversations: ReplyDeps['conversations'];
}

export interface MessageNotices {
  /** Followers wrote. Returns at once. */
  arrived(messages: readonly Message[]): void;
  /** Something of a conversation changed, e.g. it was read: its notification goes when nothing is left to tell. */
  changed(who: Who): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): void;
}

/** Older messages, in seconds, were waiting while this computer was away. */
const RECENT = 3 * 60;
/** Messages of one burst are told together. Milliseconds. */
const GATHER_MS = 300;
/** After many at once the next ones are told no sooner. Milliseconds. */
const MANY_PAUSE_MS = 10_000;
/** A catch-up comes in pages; it is told when no more follow. Milliseconds. */
const CATCH_UP_MS = 3_000;
/** More conversations at once become one sentence. */
const MANY = 3;
/** Sounds closer together than this are one, seconds. */
const SOUND_GAP = 3;

type Waiting = 'fresh' | 'away' | 'quiet';
type Batch = Map<string, { readonly message: Message; readonly count: number }>;

const keyOf = ({ appid, openid }: Who): string => `${appid}:${openid}`;

/** Tells of new messages: one notification for each conversation, which the next message of it replaces. */
export function createMessageNotices(deps: MessageNoticesDeps): MessageNotices {
  const { db, clock, timers, notifier, state, settings, locale } = deps;
  const away = heldMessages(deps, 'away', { one: 'awayTitleOne', many: 'awayTitle' });
  const quiet = heldMessages(deps, 'quiet', { one: 'heldTitleOne', many: 'heldTitle' });
  const many = heldMessages(deps, 'many', { one: 'oneTitle', many: 'manyTitle' });
  /** The newest message of each conversation that is still to be told, with how many there are. */
  let fresh: Batch = new Map();
  const onScreen = new Set<string>();
  const cancels = new Map<Waiting, () => void>();
  const running = new Set<Promise<void>>();
  let tail: Promise<void> = Promise.resolve();
  let nextFlush = 0;
  let lastSound = 0;

  function cancel(name: Waiting): void {
    cancels.get(name)?.();
    cancels.delete(name);
  }
  function later(name: Waiting, ms: number, run: () => void): void {
    cancel(name);
    cancels.set(
      name,
      timers.after(ms, () => {
        cancels.delete(name);
        run();
      }),
    );
  }
  function watched(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => deps.log.error('notice-failed', { error }));
  }
  function inOrder(work: () => Promise<void>): void {
    tail = watched(tail.then(work));
  }
  /** Beside everything else: it waits for WeChat. */
  function reply(conversation: Conversation, text: string): void {
    const run = watched(replyFromNotice(deps, conversation, text)).finally(() => running.delete(run));
    running.add(run);
  }

  function arrived(messages: readonly Message[]): void {
    if (!settings().notify) return;
    const now = clock.now();
    for (const message of messages) {
      if (message.body.direction !== 'in' || message.body.content.kind === 'event') continue;
      const key = keyOf(message);
      if (message.at < now - RECENT) {
        away.add(key, 1);
        later('away', CATCH_UP_MS, tellAway);
        continue;
      }
      fresh.set(key, { message, count: (fresh.get(key)?.count ?? 0) + 1 });
      if (!cancels.has('fresh'))
        later('fresh', Math.max(GATHER_MS, nextFlush - now * 1000), () => inOrder(tellFresh));
    }
  }

  /** Whoever looks at the app sees what arrived in the list. */
  function tellAway(): void {
    if (state.isFocused()) away.clear();
    else if (silentUntil(deps) !== null) tellWhenLoud();
    else away.tell(!sounded(DEFAULT_SOUND));
  }

  /** What was held back is told when the quiet is over. */
  function tellWhenLoud(): void {
    const until = silentUntil(deps);
    if (until === null) {
      cancel('quiet');
      quiet.tell(true);
      away.tell(true);
    } else if (until !== Infinity) {
      // A day at most: longer waits do not fit into a timer, and the hours may be changed meanwhile.
      const seconds = Math.min(until - clock.now(), 86_400);
      later('quiet', Math.max(1_000, Math.ceil(seconds * 1000)), tellWhenLoud);
    }
  }

  async function tellFresh(): Promise<void> {
    const batch = fresh;
    fresh = new Map();
    const told = (await db.desktop.conversations([...batch.values()].map(({ message }) => message))).filter(
      (conversation) => isTold(conversation) && !state.isWatching(conversation),
    );
    if (silentUntil(deps) !== null) {
      hold(quiet, told, batch);
      if (told.length > 0) tellWhenLoud();
      return;
    }
    const [first] = told;
    if (!first) return;
    const silent = !sounded(settings().sounds[first.appid] ?? DEFAULT_SOUND);
    if (told.length > MANY) {
      hold(many, told, batch);
      many.show(silent);
      nextFlush = clock.now() * 1000 + MANY_PAUSE_MS;
      return;
    }
    const severalAccounts = (await db.accounts.list()).length > 1;
    for (const conversation of told) {
      const message = batch.get(keyOf(conversation))?.message;
      if (message) await show(conversation, message, silent, severalAccounts);
    }
  }

  async function show(
    conversation: Conversation,
    { body }: Message,
    silent: boolean,
    severalAccounts: boolean,
  ): Promise<void> {
    if (body.direction !== 'in') return;
    const { appid, openid, unread } = conversation;
    const key = keyOf(conversation);
    const name = displayName(conversation, locale());
    const account = severalAccounts ? await db.accounts.get(appid) : null;
    onScreen.add(key);
    notifier.show({
      id: `message:${key}`,
      title: account ? say('withAccount', locale(), { name, account: account.name }) : name,
      body: settings().notifyText
        ? withCount(inboundWords(body.content, locale()), unread)
        : say(unread > 1 ? 'hiddenMany' : 'hidden', locale(), { count: unread }),
      silent,
      reply: { placeholder: say('replyPlaceholder', locale()) },
      onClick: () => state.open({ kind: 'conversation', appid, openid }),
      onReply: (text) => reply(conversation, text),
    });
  }

  function withCount(text: string, unread: number): string {
    return unread > 1 ? say('unread', locale(), { count: unread, text }) : text;
  }

  /** Plays it unless one has just been played. True when the system's own sound is wanted in its place. */
  function sounded(sound: Sound): boolean {
    const now = clock.now();
    if (sound === 'none' || now - lastSound < SOUND_GAP) return false;
    lastSound = now;
    return !deps.play(sound);
  }

  const dispose = state.onChange(() => {
    if (state.isFocused()) for (const held of [away, quiet, many]) held.clear();
    else if (cancels.has('quiet')) tellWhenLoud();
  });

  return {
    arrived,
    changed(who) {
      const key = keyOf(who);
      if (!onScreen.has(key)) return;
      inOrder(async () => {
        const [conversation] = await db.desktop.conversations([who]);
        if (conversation && conversation.unread > 0) return;
        onScreen.delete(key);
        notifier.close(`message:${key}`);
      });
    },
    async idle() {
      await Promise.all([tail, ...running]);
    },
    stop() {
      dispose();
      for (const name of cancels.keys()) cancel(name);
    },
  };
}

/** Whoever is blocked or muted, and what was read meanwhile, is not told. */
function isTold({ window, muted, unread }: Conversation): boolean {
  return !window.blocked && !muted && unread > 0;
}

function hold(held: Held, told: readonly Conversation[], batch: Batch): void {
  for (const conversation of told) {
    const key = keyOf(conversation);
    held.add(key, batch.get(key)?.count ?? 1);
  }
}
