/** A desktop with its doctor, a real relay and WeChat as the sandbox plays it, each on a socket of its own. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstCause, type CheckId } from '#shared/domain/doctor/finding';
import type { Examination } from '#shared/ipc/doctor-models';
import type { Payload } from '#shared/ipc/contract';
import type { TopicName } from '#shared/ipc/names';
import { silentLogger } from '#shared/log';
import { openInlineDatabase } from '#main/db/inline';
import { createHttpRelayApi } from '#main/relay/http-relay-api';
import { createTunnels } from '#main/relay/tunnel';
import { createMemoryStore } from '#main/secrets/memory';
import { createAccountsService } from '#main/services/accounts';
import { createConversationsService } from '#main/services/conversations';
import { createDoctorService, type DoctorService, type DoctorTimes } from '#main/services/doctor/doctor';
import { createRelayProbe } from '#main/services/doctor/relay-probe';
import { createFollowersService } from '#main/services/followers';
import { createMediaService } from '#main/services/media';
import { createMediaFiles } from '#main/services/media-files';
import { createWeChatClients, type ClientObserver } from '#main/services/wechat-clients';
import { buildRelay } from '#relay/app';
import { invite } from '#relay/operations/invite';
import { MemoryStore } from '#relay/store/memory/memory-store';
import type { SandboxAccount } from '#sandbox/app';
import {
  act,
  getJson,
  openids,
  postJson,
  startSandbox,
  type Json,
  type Running,
} from '../../../sandbox/harness';
import { KEY } from '../desk';
import { Network } from '../network';
import { VOICE_WORKER } from '../voice/samples';

const realNow = (): number => Date.now() / 1000;

async function startRelay() {
  const store = new MemoryStore();
  const clock = { now: realNow };
  const app = buildRelay({
    ...{ store, clock },
    log: silentLogger,
    masterKey: randomBytes(32),
    limits: { deviceRequests: 1_000_000 },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    code: () => invite(store, clock, null),
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

/** Stands before the relay and answers some paths itself. */
class Front {
  /** What a path answers instead of the relay. */
  readonly answers = new Map<string, Json>();
  /** Added to the relay's clock, seconds. */
  skew = 0;
  #server!: Server;
  url = '';

  static async before(relay: string): Promise<Front> {
    const front = new Front();
    front.#server = createServer((inner, outer) => {
      const given = front.answers.get((inner.url ?? '').split('?')[0] ?? '');
      if (given) {
        outer.setHeader('content-type', 'application/json').end(JSON.stringify(given));
        return;
      }
      const { method, headers } = inner;
      const onward = request(new URL(inner.url ?? '/', relay), { method, headers }, (answer) => {
        const date = new Date(Date.parse(answer.headers.date ?? '') + front.skew * 1000).toUTCString();
        outer.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
        answer.pipe(outer);
      });
      onward.on('error', () => outer.destroy());
      inner.pipe(onward);
    });
    front.#server.listen(0, '127.0.0.1');
    await once(front.#server, 'listening');
    front.url = `http://127.0.0.1:${String((front.#server.address() as AddressInfo).port)}`;
    return front;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

export class Clinic {
  readonly published: { readonly topic: TopicName; readonly payload: Payload<TopicName> }[] = [];
  /** Added to this computer's clock, seconds. */
  machineSkew = 0;
  relayOpen = true;
  readonly machine = { now: (): number => realNow() + this.machineSkew };
  readonly clock = { now: realNow };
  readonly secrets = createMemoryStore();
  readonly db;
  readonly relay = createHttpRelayApi({ machine: this.machine, onServerDate: () => undefined });
  readonly tunnels;
  readonly clients;
  readonly accounts;
  readonly followers;
  readonly media;
  readonly conversations;
  readonly doctor: DoctorService;

  private constructor(
    readonly wechat: Running,
    readonly network: Network,
    private readonly relayServer: Awaited<ReturnType<typeof startRelay>>,
    readonly front: Front,
    private readonly folder: string,
    times: Partial<DoctorTimes>,
  ) {
    this.db = openInlineDatabase({ path: join(folder, 'desk.db'), key: KEY });
    const { db, secrets, clock, machine, relay } = this;
    const logger = silentLogger;
    this.tunnels = createTunnels({ relay, log: logger });
    const observer: ClientObserver = {
      callFailed: (appid, error) => this.doctor.callFailed(appid, error),
      tokenReplaced: (appid, replacement) => this.doctor.tokenReplaced(appid, replacement),
    };
    this.clients = createWeChatClients({
      db,
      secrets,
      clock,
      logger,
      tunnels: this.tunnels,
      relay,
      observer,
    });
    const common = {
      ...{ db, secrets, clock, logger },
      publish: (topic: TopicName, payload: Payload<TopicName>) =>
        void this.published.push({ topic, payload }),
      wechatFor: (appid: string) => this.clients.for(appid),
    };
    this.accounts = createAccountsService({ ...common, relay, clients: this.clients, deviceName: 'desk' });
    this.followers = createFollowersService(common);
    this.media = createMediaService({
      ...common,
      files: createMediaFiles(join(folder, 'media'), KEY),
      voiceWorker: VOICE_WORKER,
    });
    const { followers, media } = this;
    this.conversations = createConversationsService({
      ...{ ...common, followers, media },
      showTyping: () => false,
    });
    this.doctor = createDoctorService({
      ...{ ...common, relay, machine, accounts: this.accounts, conversations: this.conversations },
      probe: createRelayProbe(machine),
      clientFor: common.wechatFor,
      version: '0.1.0',
      times,
    });
  }

  static async open(times: Partial<DoctorTimes> = {}): Promise<Clinic> {
    const wechat = await startSandbox({
      ...{ followers: 5, startAt: Math.floor(realNow()) },
      push: { gapMs: 20, deadlineMs: 5_000, attempts: 2 },
    });
    const relay = await startRelay();
    const folder = await mkdtemp(join(tmpdir(), 'oa-desk-doctor-'));
    const network = await Network.to(wechat.origin);
    return new Clinic(wechat, network, relay, await Front.before(relay.url), folder, times);
  }

  get shop(): SandboxAccount {
    return this.wechat.service;
  }

  get appid(): string {
    return this.shop.appid;
  }

  /** Binds the account and pastes its settings at WeChat's console. */
  async bind(account: SandboxAccount = this.shop): Promise<void> {
    await this.accounts.bind({
      name: '山茶花店',
      appid: account.appid,
      secret: account.secret,
      region: account.region,
      relayUrl: this.front.url,
      pairingCode: await this.relayServer.code(),
      apiOrigin: this.network.origin,
    });
    await this.configure(account);
  }

  async configure(account: SandboxAccount = this.shop, patch: Json = {}): Promise<void> {
    const setting = (value: 'url' | 'token' | 'aes-key') => this.accounts.serverSetting(account.appid, value);
    const answer = await this.control(`/accounts/${account.appid}/server`, {
      url: await setting('url'),
      token: await setting('token'),
      encodingAESKey: await setting('aes-key'),
      mode: 'safe',
      ...patch,
    });
    if (answer['ok'] !== true) throw new Error(JSON.stringify(answer));
  }

  control(path: string, body: Json): Promise<Json> {
    return postJson(this.wechat, `/__sandbox${path}`, body);
  }

  async dropServer(): Promise<void> {
    const url = `${this.wechat.origin}/__sandbox/accounts/${this.appid}/server`;
    await fetch(url, { method: 'DELETE' });
  }

  async calls(path: string): Promise<Json[]> {
    const calls = (await getJson(this.wechat, '/__sandbox/calls')) as unknown as Json[];
    return calls.filter((call) => call['path'] === path);
  }

  /** A follower acts, and the desktop takes in what the relay then holds. */
  async hears(input: Json): Promise<void> {
    const [openid = ''] = await openids(this.wechat, this.shop, 1);
    await act(this.wechat, this.shop, openid, input);
    await this.pull();
  }

  async pull(): Promise<void> {
    for (const link of await this.accounts.links()) {
      const { items } = await this.relay.feed(link, link.cursor, 0, 100, new AbortController().signal);
      if (items.length > 0) await this.conversations.ingest(link.id, items);
    }
  }

  /** One examination from its begin to its end. */
  async examine(): Promise<Examination> {
    await this.doctor.examine(this.appid);
    await this.doctor.idle();
    return this.latest();
  }

  latest(): Examination {
    const found = this.doctor.examinations().find(({ appid }) => appid === this.appid);
    if (!found) throw new Error('the account was not examined');
    return found;
  }

  /** Another system that holds the same AppID and secret. */
  async another(path: '/cgi-bin/stable_token' | '/cgi-bin/token', force = true): Promise<Json> {
    const { appid, secret } = this.shop;
    if (path === '/cgi-bin/token')
      return getJson(this.wechat, `${path}?grant_type=client_credential&appid=${appid}&secret=${secret}`);
    return postJson(this.wechat, path, {
      ...{ grant_type: 'client_credential', appid, secret },
      force_refresh: force,
    });
  }

  async closeRelay(): Promise<void> {
    if (!this.relayOpen) return;
    this.relayOpen = false;
    await this.front.close();
    await this.relayServer.close();
  }

  async close(): Promise<void> {
    await this.doctor.stop();
    await this.conversations.stop();
    await this.followers.stop();
    await this.media.stop();
    await this.tunnels.close();
    await this.db.close();
    await this.closeRelay();
    await this.network.close();
    await this.wechat.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface FirstLine {
  readonly check: CheckId;
  readonly state: string;
  readonly code: string;
}

/** What stands in the first line; null when all is well. */
export function firstLine({ findings }: Examination): FirstLine | null {
  const first = firstCause(findings);
  return first && { check: first.check, state: first.state, code: first.code };
}

export function findingOf({ findings }: Examination, check: CheckId) {
  const found = findings.find((one) => one.check === check);
  if (!found) throw new Error(`${check} was not examined`);
  return found;
}
