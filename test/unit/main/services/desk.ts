/** A desktop's services over real sockets: the sandbox for WeChat, a real relay, an encrypted database on disk. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '#shared/ipc/models';
import type { Payload } from '#shared/ipc/contract';
import type { TopicName } from '#shared/ipc/names';
import { silentLogger } from '#shared/log';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port';
import { createHttpRelayApi } from '#main/relay/http-relay-api';
import { createTunnels } from '#main/relay/tunnel';
import { createMemoryStore } from '#main/secrets/memory';
import type { SecretStore } from '#main/secrets/port';
import { createAccountsService } from '#main/services/accounts';
import { createAuthorizeService } from '#main/services/authorize/authorize';
import { createAutoRepliesService } from '#main/services/auto-replies';
import { createConversationsService } from '#main/services/conversations';
import { createFollowersService } from '#main/services/followers';
import { createMediaService } from '#main/services/media';
import { createMediaFiles } from '#main/services/media-files';
import { createKfService } from '#main/services/kf';
import { createPeopleService } from '#main/services/people';
import { createRelayDeskService } from '#main/services/relay-desk';
import { createReportsService } from '#main/services/reports';
import { createTakeoverService } from '#main/services/takeover/takeover';
import { createWeChatClients } from '#main/services/wechat-clients';
import { buildRelay } from '#relay/app';
import { setPlatform } from '#relay/component/platform';
import { invite } from '#relay/operations/invite';
import { SealedBox } from '#relay/secrets/sealed-box';
import { MemoryStore } from '#relay/store/memory/memory-store';
import { systemDialer, type Dialer } from '#relay/tunnel/dial';
import type { SandboxAccount } from '#sandbox/app';
import type { WeChatClient } from '#wechat/client';
import { postJson, getJson, START, startSandbox, type Json, type Running } from '../../sandbox/harness';
import { Network } from './network';
import { VOICE_WORKER } from './voice/samples';

export const PLATFORM = {
  componentAppid: 'wxc0mp0nent1234567',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'platformtoken2026',
  encodingAESKey: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba',
};

export const KEY = 'ab'.repeat(32);

export interface Published {
  readonly topic: TopicName;
  readonly payload: Payload<TopicName>;
}

export interface Relay {
  readonly url: string;
  readonly code: () => Promise<string>;
  /** Registers a third-party platform at WeChat and gives it to the relay; its first ticket comes unless `ticket` is false. */
  readonly platform: (options?: { readonly ticket?: boolean }) => Promise<void>;
  /** A pairing code for another shop on the same relay. */
  readonly codeFor: (workspace: string) => Promise<string>;
  readonly close: () => Promise<void>;
  /** Its clock jumps ahead by so many seconds. */
  readonly later: (seconds: number) => void;
  /** Listens again where it listened, over the same store. */
  readonly reopen: () => Promise<void>;
}

/** One desktop: its database and secrets outlive it, as on a disk. */
export class Desk {
  readonly published: Published[] = [];
  readonly db: Database;
  readonly #clients;
  readonly accounts;
  readonly followers;
  readonly media;
  readonly conversations;
  readonly autoReplies;
  readonly relayDesk;
  readonly authorize;
  /** Start pages that the system's browser was to open. */
  readonly pages: string[] = [];
  readonly takeover;
  readonly people;
  readonly kf;
  readonly reports;
  /** What was saved in the system's dialogs, by the suggested name. */
  readonly saved = new Map<string, string>();
  /** The user's setting. */
  showTyping = true;

  constructor(
    readonly world: World,
    readonly folder: string,
    readonly secrets: SecretStore,
    options: { readonly maxPages?: number },
  ) {
    this.db = openInlineDatabase({ path: join(folder, 'desk.db'), key: KEY, ...options });
    const { db, published } = this;
    const clock = { now: () => world.now };
    const tunnels = createTunnels({ relay: world.api, log: silentLogger });
    this.#clients = createWeChatClients({
      db,
      secrets,
      clock,
      logger: silentLogger,
      tunnels,
      relay: world.api,
    });
    const common = {
      db,
      secrets,
      clock,
      logger: silentLogger,
      publish: (topic: TopicName, payload: Payload<TopicName>) => void published.push({ topic, payload }),
      wechatFor: (appid: string) => this.#clients.for(appid),
    };
    this.accounts = createAccountsService({
      ...common,
      relay: world.api,
      clients: this.#clients,
      deviceName: 'test desk',
    });
    this.followers = createFollowersService(common);
    this.media = createMediaService({
      ...common,
      files: createMediaFiles(join(folder, 'media'), KEY),
      voiceWorker: VOICE_WORKER,
    });
    this.authorize = createAuthorizeService({
      ...{ ...common, relay: world.api, accounts: this.accounts, clients: this.#clients },
      deviceName: 'test desk',
      openPage: async (startUrl) => void this.pages.push(startUrl),
      backoff: { firstMs: 20, maxMs: 100 },
    });
    this.conversations = createConversationsService({
      ...common,
      onRelayNotices: (linkId, notices) => this.authorize.heard(linkId, notices),
      followers: this.followers,
      media: this.media,
      showTyping: () => this.showTyping,
    });
    const atRelay = { ...common, relay: world.api, accounts: this.accounts };
    this.autoReplies = createAutoRepliesService({ ...atRelay, backoff: { firstMs: 20, maxMs: 100 } });
    this.people = createPeopleService(common);
    this.kf = createKfService(common);
    this.reports = createReportsService({
      ...common,
      dialogs: {
        save: async ({ suggestedName, bytes }) => {
          this.saved.set(suggestedName, new TextDecoder().decode(bytes));
          return true;
        },
        open: async () => null,
      },
      locale: () => 'zh-CN',
    });
    this.takeover = createTakeoverService({
      ...common,
      files: createMediaFiles(join(folder, 'media'), KEY),
      autoReplies: this.autoReplies,
      locale: () => 'zh-CN',
    });
    this.relayDesk = createRelayDeskService({ ...atRelay, deviceName: 'test desk' });
  }

  topics<T extends TopicName>(topic: T): Payload<T>[] {
    return this.published.filter((one) => one.topic === topic).map((one) => one.payload as Payload<T>);
  }

  /** Takes in everything the relay holds, which acknowledges it. */
  async pull(): Promise<{ stored: number; duplicates: number; quarantined: number }> {
    const sum = { stored: 0, duplicates: 0, quarantined: 0 };
    for (const link of await this.accounts.links()) {
      let { cursor } = link;
      for (;;) {
        const { items, next } = await this.world.api.feed(link, cursor, 0, 100, new AbortController().signal);
        if (items.length === 0) break;
        const result = await this.conversations.ingest(link.id, items);
        sum.stored += result.stored;
        sum.duplicates += result.duplicates;
        sum.quarantined += result.quarantined;
        cursor = next;
      }
    }
    return sum;
  }

  wechat(appid: string): Promise<WeChatClient> {
    return this.#clients.for(appid);
  }

  send(appid: string, openid: string, text: string, clientId: string = randomUUID()): Promise<Message> {
    return this.conversations.send({ appid, openid, clientId, content: { kind: 'text', text } });
  }

  async stop(): Promise<void> {
    await this.authorize.stop();
    await this.autoReplies.stop();
    await this.conversations.stop();
    await this.followers.stop();
    await this.media.stop();
    await this.db.close();
  }
}

/** What happens outside of the desktop. */
export class World {
  now = START;
  readonly api = createHttpRelayApi({ machine: { now: () => this.now }, onServerDate: () => undefined });

  private constructor(
    readonly wechat: Running,
    /** The desktop's way to WeChat. */
    readonly network: Network,
    readonly relay: Relay,
    private readonly folder: string,
    private readonly desks: Desk[] = [],
    private readonly secrets = createMemoryStore(),
  ) {}

  /** `tunnelFrom`: the address of this machine from which the relay's tunnel leaves, to be told from everybody else's calls. */
  static async create(followers = 30, { tunnelFrom }: { readonly tunnelFrom?: string } = {}): Promise<World> {
    const wechat = await startSandbox({ followers, push: { gapMs: 20, deadlineMs: 5_000, attempts: 3 } });
    const folder = await mkdtemp(join(tmpdir(), 'oa-desk-services-'));
    // Signatures on the wire carry the machine's time, also while the sandbox's own clock stands still.
    let ahead = 0;
    const clock = { now: () => Date.now() / 1000 + ahead };
    const store = new MemoryStore();
    const masterKey = randomBytes(32);
    const build = () =>
      buildRelay({
        ...{ store, clock, masterKey },
        log: silentLogger,
        wechatOrigin: wechat.origin,
        // Tests pull more often than a desktop that waits for its feed.
        limits: { deviceRequests: 1_000_000 },
        ...(tunnelFrom === undefined ? {} : { tunnel: { dialer: dialerFrom(tunnelFrom) } }),
      });
    let app = build();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const reopen = async () => {
      app = build();
      await app.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
    };
    return new World(
      wechat,
      await Network.to(wechat.origin),
      {
        url,
        code: () => invite(store, clock, null),
        codeFor: (workspace) => invite(store, clock, workspace),
        async platform({ ticket = true } = {}) {
          await setPlatform(store, new SealedBox(masterKey), PLATFORM);
          // A relay that runs looks at its platform every two seconds only.
          await app.close();
          await reopen();
          await postJson(wechat, '/__sandbox/components', {
            ...PLATFORM,
            ticketUrl: ticket ? `${url}/wx/component/ticket` : 'http://127.0.0.1:1/',
            callbackUrl: `${url}/wx/component/$APPID$/callback`,
          });
        },
        close: () => app.close(),
        later: (seconds) => void (ahead += seconds),
        reopen,
      },
      folder,
    );
  }

  /** A desktop, or the same one after a restart. */
  desk(options: { readonly maxPages?: number } = {}): Desk {
    const desk = new Desk(this, this.folder, this.secrets, options);
    this.desks.push(desk);
    return desk;
  }

  /** Binds the account and does at WeChat's console what its owner does. */
  async bind(desk: Desk, account: SandboxAccount = this.wechat.service): Promise<string> {
    await desk.accounts.bind({
      name: '山茶花店',
      appid: account.appid,
      secret: account.secret,
      region: account.region,
      relayUrl: this.relay.url,
      pairingCode: await this.relay.code(),
      apiOrigin: this.network.origin,
    });
    await this.configure(desk, account);
    return account.appid;
  }

  async configure(desk: Desk, account: SandboxAccount, patch: Json = {}): Promise<void> {
    const setting = (value: 'url' | 'token' | 'aes-key') => desk.accounts.serverSetting(account.appid, value);
    const answer = await this.control('POST', `/accounts/${account.appid}/server`, {
      url: await setting('url'),
      token: await setting('token'),
      encodingAESKey: await setting('aes-key'),
      mode: 'safe',
      ...patch,
    });
    if (answer['ok'] !== true) throw new Error(JSON.stringify(answer));
  }

  control(method: 'GET' | 'POST', path: string, body: Json = {}): Promise<Json> {
    const full = `/__sandbox${path}`;
    return method === 'GET' ? getJson(this.wechat, full) : postJson(this.wechat, full, body);
  }

  async advance(seconds: number): Promise<void> {
    this.now = Number((await this.control('POST', '/clock', { advance: seconds }))['now']);
  }

  /** Somebody who has just followed and written: five replies. Returns the openid. */
  async customer(desk: Desk, appid: string): Promise<string> {
    await this.advance(2);
    const { openid } = await this.control('POST', `/accounts/${appid}/followers/new/act`, {
      type: 'subscribe',
    });
    const who = String(openid);
    await this.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'text', content: '在吗' });
    await desk.pull();
    return who;
  }

  /** The next `times` calls of this path fail so. */
  async fault(path: string, fault: Json, times = 1): Promise<void> {
    await this.control('POST', '/faults', { path, times, ...fault });
  }

  /** Texts and pictures on this follower's phone that came from the account. */
  async received(appid: string, openid: string): Promise<Json[]> {
    const phone = (await this.control(
      'GET',
      `/accounts/${appid}/followers/${openid}/phone`,
    )) as unknown as Json[];
    return phone.filter((bubble) => bubble['from'] === 'account');
  }

  async calls(path: string): Promise<Json[]> {
    const calls = (await this.control('GET', '/calls')) as unknown as Json[];
    return calls.filter((call) => call['path'] === path);
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.stop();
    await this.network.close();
    await this.relay.close();
    await this.wechat.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function dialerFrom(localAddress: string): Dialer {
  return { ...systemDialer, connect: (to) => connect({ ...to, localAddress, allowHalfOpen: true }) };
}

export const CUSTOM_SEND = '/cgi-bin/message/custom/send';
