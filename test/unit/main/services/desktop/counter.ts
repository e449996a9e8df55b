/** A shop's desktop over a real database file; what surrounds it is in memory. */
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { AppError } from '#shared/app-error';
import { shopClock } from '#shared/domain/replies/shop-hours';
import type { InboundContent } from '#shared/domain/message';
import type { Input, Payload } from '#shared/ipc/contract';
import { DESKTOP_DEFAULTS, type DesktopStatus, type Sound } from '#shared/ipc/desktop-models';
import type { Message, Settings } from '#shared/ipc/models';
import { silentLogger } from '#shared/log';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import { createDeskState, type DeskState, type Who } from '#main/services/desktop/desk-state';
import { createDesktopService, type DeskCounts } from '#main/services/desktop/desktop';
import { DEFAULT_SETTINGS } from '#main/services/settings';
import { createMemoryNotifier } from '#main/services/desktop/memory-notifier';
import { APPID, inbound, KEY, newAccount, temporaryFolder } from '../../db/fixture';
import { ManualTime } from './manual-time';

/** Thursday 2026-01-01 12:00 in Shanghai. */
export const NOON = Date.UTC(2026, 0, 1, 4) / 1000;
export const HOUR = 3600;

export const OTHER_APPID = 'wxfedcba9876543210';

export class Counter {
  readonly notifier = createMemoryNotifier();
  readonly db: Database;
  readonly state: DeskState;
  readonly desktop;
  readonly played: Sound[] = [];
  /** Ends of pauses as the page was told. */
  readonly told: (number | null)[] = [];
  readonly sent: Input<'conversations.send'>[] = [];
  counts: DeskCounts = { unread: 0, needsReply: 0 };
  settings: Settings;
  windowShown = 0;
  focused = false;
  hasPage = true;
  /** What a send becomes. */
  outcome: Extract<Message['body'], { direction: 'out' }>['status'] = 'sent';
  failure: Extract<Message['body'], { direction: 'out' }>['failure'] = null;
  refusal: string | null = null;

  constructor(
    readonly path: string,
    readonly time = new ManualTime(NOON),
    settings: Partial<Settings> = {},
  ) {
    this.settings = {
      ...DEFAULT_SETTINGS,
      locale: 'zh-CN',
      digest: { ...DESKTOP_DEFAULTS.digest, on: false },
      ...settings,
    };
    this.db = openInlineDatabase({ path, key: KEY });
    this.state = createDeskState({
      ...{ clock: time, timers: time },
      publish: (topic, payload) => {
        if (topic === 'desktop.changed') this.told.push((payload as DesktopStatus).pausedUntil);
      },
      isFocused: () => this.focused,
      showWindow: () => (this.windowShown += 1),
      notifications: () => true,
      hasTray: () => true,
    });
    const { db, state, notifier } = this;
    this.desktop = createDesktopService({
      ...{ db, clock: time, timers: time, state, notifier, log: silentLogger },
      localClock: shopClock('Asia/Shanghai'),
      lookEveryMs: 300_000,
      settings: () => this.settings,
      locale: () => (this.settings.locale === 'en' ? 'en' : 'zh-CN'),
      play: (sound) => {
        this.played.push(sound);
        return this.hasPage;
      },
      showCounts: (counts) => (this.counts = counts),
      conversations: {
        send: async (input) => this.#send(input),
        markRead: async (appid, openid) => {
          await db.conversations.markRead(appid, openid);
          this.changed({ appid, openid });
        },
        setDraft: async ({ appid, openid, text }) =>
          db.conversations.setDraft(appid, openid, text, time.now()),
      },
    });
  }

  async open(): Promise<this> {
    if ((await this.db.accounts.list()).length === 0) await this.db.accounts.save(newAccount());
    return this;
  }

  /** Stores the messages as the feed brings them, and tells of them. */
  async receive(
    ...items: { openid: string; content: InboundContent; at?: number; appid?: string }[]
  ): Promise<void> {
    const { stored } = await this.db.inbox.commit({
      linkId: null,
      inbound: items.map(({ openid, content, at, appid }) =>
        inbound(openid, Math.floor(at ?? this.time.now()), content, appid ?? APPID),
      ),
      quarantined: [],
      cursor: null,
    });
    this.desktop.arrived(stored.map(({ message }) => message));
    this.desktop.heard('accounts.changed', { appid: APPID } satisfies Payload<'accounts.changed'>);
    await this.settle();
  }

  async #send(input: Input<'conversations.send'>): Promise<Message> {
    if (this.refusal !== null) throw new AppError({ code: this.refusal });
    this.sent.push(input);
    const { appid, openid } = input;
    await this.#store({ appid, openid }, input.clientId);
    const stored = await this.db.conversations.message(appid, input.clientId);
    if (!stored) throw new RangeError('not stored');
    return stored.message;
  }

  /** The shop answers; the outcome is the one that is set. */
  async answer(who: Who): Promise<void> {
    await this.#store(who, crypto.randomUUID());
    await this.settle();
  }

  async #store({ appid, openid }: Who, clientId: string): Promise<void> {
    await this.db.outbox.insert({
      ...{ appid, openid, clientId, at: this.time.now() },
      content: { kind: 'text', text: '有的' },
      ...{ status: 'sending', failure: null, retryOf: null, mediaId: null },
    });
    const { outcome } = this;
    if (outcome === 'sending') return;
    await this.db.outbox.settle(clientId, {
      status: outcome,
      failure: this.failure,
      event: outcome === 'sent' ? { type: 'sent', at: this.time.now() } : null,
    });
    this.changed({ appid, openid });
  }

  changed(who: Who): void {
    this.desktop.heard('conversations.changed', who);
  }

  settle = (): Promise<void> => this.desktop.idle();

  pass(seconds: number): Promise<void> {
    return this.time.pass(seconds, this.settle);
  }

  texts(): string[] {
    return this.notifier.shown.map(({ title, body }) => `${title} | ${body}`);
  }

  async close(): Promise<void> {
    await this.desktop.stop();
    await this.db.close();
  }
}

/** A desktop of its own for each test. `current`: the one to be closed, which may have been started again since. */
export function withCounter(opened: (fresh: Counter) => void, current: () => Counter): void {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
    opened(await new Counter(join(folder.path, 'desk.db')).open());
  });
  afterEach(async () => {
    await current().close();
    await folder.remove();
  });
}
