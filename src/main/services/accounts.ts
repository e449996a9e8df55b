import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Input } from '#shared/ipc/contract';
import type { AccountGap } from '#shared/ipc/binding-models';
import type { Account } from '#shared/ipc/models';
import type { Logger } from '#shared/log';
import { WeChatError } from '#wechat/errors';
import { probeAccount, type ProbedAccount } from '#wechat/probe';
import type { AccountRequest } from '#shared/relay/protocol';
import type { AccountRecord } from '../db/port/accounts';
import type { Database } from '../db/port/database';
import type { RelayApi, RelayLink } from '../relay/port';
import type { SecretName, SecretStore } from '../secrets/port';
import { accountMemory } from './account-memory';
import { checkBindInput, relayOrigin, type CheckedBindInput } from './bind-input';
import type { AccountsService, AuthorizedAccount, BoundLink, ConnectionState } from './interfaces';
import type { Publish } from './ports';
import { registrationOf } from './relay-registration';
import { newCallbackToken, newEncodingAESKey } from './server-settings';
import { storedLink } from './relay-links';
import type { WeChatClients } from './wechat-clients';

const ACCOUNT_COLOURS = 8;
const OFF: ConnectionState = { state: 'off', error: null, lastSeenAt: null };
const CONNECTING: ConnectionState = { state: 'connecting', error: null, lastSeenAt: null };

export interface AccountsDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly relay: RelayApi;
  readonly clients: WeChatClients;
  /** How this computer is called in the relay's list of devices. */
  readonly deviceName: string;
}

type RelayInput = Pick<CheckedBindInput, 'relayUrl' | 'pairingCode'>;

interface Pairing {
  readonly id: string;
  readonly link: RelayLink;
}
interface Registration extends Pairing {
  readonly callbackUrl: string;
  readonly mode: AccountRequest['mode'];
  /** Other computers receive by it as well. */
  readonly isShared: boolean;
}

/** What WeChat's console and this computer share. */
interface ServerSettings {
  readonly token: string;
  readonly encodingAESKey: string;
}

export function createAccountsService(deps: AccountsDeps): AccountsService {
  const { db, secrets, clock, logger, publish, relay, clients } = deps;
  const connections = new Map<string, ConnectionState>();
  const linkListeners = new Set<() => void>();
  const boundListeners = new Set<(appid: string) => void>();
  /** Pairings that no account has come to use, by the code that was spent on them. */
  const unused = new Map<string, Pairing>();
  const memory = accountMemory(db.meta);
  const codeOf = (input: RelayInput): string => `${input.relayUrl}\n${input.pairingCode}`;

  const withConnection = ({ apiOrigin: _origin, linkId, ...record }: AccountRecord): Account => ({
    ...record,
    connection: record.status === 'bound' ? (linkId && connections.get(linkId)) || CONNECTING : OFF,
  });

  async function stored(appid: string): Promise<AccountRecord> {
    const record = await db.accounts.get(appid);
    if (record === null) throw new AppError({ code: 'account/not-found' });
    return record;
  }

  function changed(appid: string | null, links: boolean): void {
    publish('accounts.changed', { appid });
    if (links) for (const listener of linkListeners) listener();
  }

  /** A pairing with this relay that was made before; its token may have been revoked since. */
  async function knownPairing(input: RelayInput): Promise<Pairing | null> {
    const renewed = unused.get(codeOf(input));
    if (renewed) return renewed;
    for (const { id } of (await db.accounts.links()).filter(({ url }) => url === input.relayUrl)) {
      const link = await storedLink(deps, id);
      if (link !== null) return { id, link };
    }
    return null;
  }

  /**
   * Spends the pairing code, which works once. What comes of it is kept while the app runs, so that the same code serves the
   * next attempt: WeChat is asked only afterwards, and the first answer is often that an address is to be whitelisted.
   */
  async function pair(input: RelayInput, id: string): Promise<Pairing> {
    const url = input.relayUrl;
    const { deviceToken } = await relay.pair(url, input.pairingCode, deps.deviceName);
    const pairing = { id, link: { url, deviceToken } };
    unused.set(codeOf(input), pairing);
    return pairing;
  }

  /** Uses the known pairing, a renewed one where it was revoked, or a new one. */
  async function withPairing<T>(input: RelayInput, use: (pairing: Pairing) => Promise<T>): Promise<T> {
    const known = await knownPairing(input);
    if (known === null) return use(await pair(input, randomUUID()));
    try {
      return await use(known);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'relay/unauthorized') throw error;
      return use(await pair(input, known.id));
    }
  }

  async function keepPairing({ id, link }: Pairing): Promise<void> {
    await secrets.set({ kind: 'relay-device-token', linkId: id }, link.deviceToken);
    await db.accounts.saveLink({ id, url: link.url });
  }

  /**
   * How the account is to stand at the relay. Where another computer of the shop has connected it, it stays as it is there:
   * WeChat's console holds one Token and one key.
   * @throws AppError `account/settings-needed` when a new Token would cut the other computer off
   */
  async function requestFor(
    input: CheckedBindInput,
    { token, encodingAESKey }: ServerSettings,
    link: RelayLink,
  ): Promise<{ readonly request: AccountRequest; readonly isShared: boolean }> {
    const there = (await relay.accounts(link)).find(({ appid }) => appid === input.appid);
    const isManual = there !== undefined && there.mode !== 'component';
    const isShared = isManual && (await relay.devices(link)).some(({ current }) => !current);
    if (isShared && (input.callbackToken === null || input.encodingAESKey === null))
      throw new AppError({ code: 'account/settings-needed' });
    const isAssisted = isShared && there.mode === 'assisted';
    return {
      request: isAssisted ? { mode: 'assisted', token, encodingAESKey } : { mode: 'sealed', token },
      isShared,
    };
  }

  async function register(
    input: CheckedBindInput,
    settings: ServerSettings,
    { id, link }: Pairing,
  ): Promise<Registration> {
    const { request, isShared } = await requestFor(input, settings, link);
    const { callbackUrl } = await relay.registerAccount(link, input.appid, request);
    await keepPairing({ id, link });
    unused.delete(codeOf(input));
    return { id, link, callbackUrl, isShared, mode: request.mode };
  }

  async function dropLink(id: string): Promise<void> {
    await db.accounts.deleteLink(id);
    await secrets.delete({ kind: 'relay-device-token', linkId: id });
    connections.delete(id);
  }

  async function dropLinkWhenUnused(id: string | null): Promise<void> {
    if (id === null) return;
    const records = await db.accounts.list();
    if (!records.some((record) => record.linkId === id)) await dropLink(id);
  }

  async function firstFreeColour(): Promise<number> {
    const used = new Set((await db.accounts.list()).map((record) => record.colour));
    const free = Array.from({ length: ACCOUNT_COLOURS }, (_, colour) => colour).find(
      (colour) => !used.has(colour),
    );
    return free ?? used.size % ACCOUNT_COLOURS;
  }

  const secretsOf = (appid: string): SecretName[] => [
    { kind: 'app-secret', appid },
    { kind: 'callback-token', appid },
    { kind: 'encoding-aes-key', appid },
    { kind: 'previous-aes-key', appid },
  ];

  async function forgetSecrets(appid: string): Promise<void> {
    clients.forget(appid);
    for (const name of secretsOf(appid)) await secrets.delete(name);
  }

  /** The relay may be gone for good; that must not keep an owner from disconnecting. */
  async function releaseAtRelay(link: RelayLink | null, appid: string): Promise<void> {
    if (link === null) return;
    try {
      await relay.removeAccount(link, appid);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.warn('relay-release-failed', { appid, code: error.code });
    }
  }

  async function bind(
    raw: Input<'accounts.bind'>,
    options?: { readonly door?: Account['door'] },
  ): Promise<Account> {
    const input = checkBindInput(raw);
    const { appid } = input;
    const before = await db.accounts.get(appid);
    if (before?.status === 'bound') throw new AppError({ code: 'account/already-bound' });

    const settings = {
      token: input.callbackToken ?? newCallbackToken(),
      encodingAESKey: input.encodingAESKey ?? newEncodingAESKey(),
    };
    // The pairing comes first: WeChat answers the question for a token only from the address of the relay.
    const { probed, registration } = await withPairing(input, async (pairing) => ({
      probed: await askWeChat(clients, input, pairing.link),
      registration: await register(input, settings, pairing),
    }));
    try {
      await secrets.set({ kind: 'app-secret', appid }, input.secret);
      await secrets.set({ kind: 'callback-token', appid }, settings.token);
      await secrets.set({ kind: 'encoding-aes-key', appid }, settings.encodingAESKey);
      clients.forget(appid);
      const record = await db.accounts.save({
        appid,
        originalId: before?.originalId ?? null,
        name: input.name,
        colour: before?.colour ?? (await firstFreeColour()),
        kind: probed.kind ?? input.kind ?? before?.kind ?? 'subscription',
        verified: probed.verified,
        verificationExpiresAt: before?.verificationExpiresAt ?? null,
        region: input.region,
        door: options?.door ?? 'manual',
        status: 'bound',
        boundAt: Math.floor(clock.now()),
        // What was entrusted to a relay before holds for that binding only.
        relayMode: registration.mode,
        callbackUrl: registration.callbackUrl,
        apiOrigin: input.apiOrigin,
        linkId: registration.id,
      });
      await memory.began(appid, await db.accounts.lastReceivedAt(appid));
      await memory.returned(appid, record.boundAt);
      changed(appid, true);
      for (const listener of boundListeners) listener(appid);
      return withConnection(record);
    } catch (error) {
      await forgetSecrets(appid);
      if (!registration.isShared) await releaseAtRelay(registration.link, appid);
      await dropLinkWhenUnused(registration.id);
      throw error;
    }
  }

  async function adopt(authorized: AuthorizedAccount): Promise<Account> {
    const { appid } = authorized;
    const before = await db.accounts.get(appid);
    if (before?.status === 'bound' && before.linkId !== authorized.linkId)
      await releaseAtRelay(await storedLink(deps, before.linkId), appid);
    const resumed = before?.status === 'bound' && before.relayMode === 'component';
    const record = await db.accounts.save({
      ...authorized,
      permissionSets: [...authorized.permissionSets],
      originalId: authorized.originalId ?? before?.originalId ?? null,
      name: before?.name ?? authorized.name,
      colour: before?.colour ?? (await firstFreeColour()),
      region: before?.region ?? authorized.region,
      verificationExpiresAt: before?.verificationExpiresAt ?? null,
      door: 'scan',
      status: 'bound',
      boundAt: resumed ? before.boundAt : Math.floor(clock.now()),
      relayMode: 'component',
      callbackUrl: null,
    });
    // A secret of the manual door serves nobody any more, and a token of before is dead.
    await forgetSecrets(appid);
    if (!resumed) await memory.returned(appid, record.boundAt);
    changed(appid, true);
    if (!resumed) for (const listener of boundListeners) listener(appid);
    return withConnection(record);
  }

  return {
    bind,
    adopt,
    async authorizationLost(appid) {
      const record = await db.accounts.get(appid);
      if (record?.status !== 'bound' || record.relayMode !== 'component') return;
      clients.forget(appid);
      await db.accounts.update(appid, { status: 'unbound' });
      await memory.left(appid, clock.now());
      changed(appid, true);
    },
    list: async () => (await db.accounts.list()).map(withConnection),
    get: async (appid) => withConnection(await stored(appid)),
    async update({ appid, name, colour, region }) {
      await stored(appid);
      const record = await db.accounts.update(appid, {
        ...(name === undefined ? {} : { name: name.trim() }),
        ...(colour === undefined ? {} : { colour }),
        ...(region === undefined ? {} : { region }),
      });
      changed(appid, false);
      return withConnection(record);
    },
    async disconnect(appid) {
      const record = await stored(appid);
      await releaseAtRelay(await storedLink(deps, record.linkId), appid);
      await forgetSecrets(appid);
      const unbound = await db.accounts.update(appid, {
        status: 'unbound',
        callbackUrl: null,
        relayMode: 'sealed',
      });
      await memory.left(appid, clock.now());
      changed(appid, true);
      return withConnection(unbound);
    },
    async freeze(appid) {
      const record = await stored(appid);
      await releaseAtRelay(await storedLink(deps, record.linkId), appid);
      await forgetSecrets(appid);
      const frozen = await db.accounts.update(appid, {
        status: 'frozen',
        callbackUrl: null,
        relayMode: 'sealed',
        linkId: null,
      });
      await dropLinkWhenUnused(record.linkId);
      await memory.left(appid, clock.now());
      changed(appid, true);
      return withConnection(frozen);
    },
    async reconnect(appid) {
      const record = await stored(appid);
      const secret = await secrets.get({ kind: 'app-secret', appid });
      if (secret === null) throw new AppError({ code: 'account/secret-missing' });
      const request = await registrationOf(secrets, appid, record.relayMode);
      const link = await storedLink(deps, record.linkId);
      if (link === null) throw new AppError({ code: 'relay/unauthorized' });
      const client = clients.forCredentials({ appid, secret, origin: record.apiOrigin, link });
      const probed = await refusalsNamed(() => probeAccount(client));
      const { callbackUrl } = await relay.registerAccount(link, appid, request);
      const bound = await db.accounts.update(appid, {
        status: 'bound',
        callbackUrl,
        verified: probed.verified,
        ...(probed.kind ? { kind: probed.kind } : {}),
      });
      clients.forget(appid);
      if (await memory.returned(appid, clock.now())) for (const listener of boundListeners) listener(appid);
      changed(appid, true);
      return withConnection(bound);
    },
    async erase(appid) {
      const record = await stored(appid);
      await releaseAtRelay(await storedLink(deps, record.linkId), appid);
      await forgetSecrets(appid);
      await db.accounts.erase(appid);
      await dropLinkWhenUnused(record.linkId);
      await memory.forget(appid);
      changed(appid, true);
    },
    async gaps() {
      const open: AccountGap[] = [];
      for (const gap of await memory.gaps()) {
        const { phase, finishedAt } = (await db.imports.get(gap.appid)).state;
        const isRepaired = phase === 'done' && finishedAt !== null && finishedAt >= gap.until;
        if (!isRepaired) open.push(gap);
      }
      return open;
    },
    pairingRenewed: () => changed(null, true),
    relays: async () => [...new Set((await db.accounts.links()).map(({ url }) => url))],
    async reachRelay(raw) {
      const input = {
        relayUrl: relayOrigin(raw.relayUrl.trim()),
        pairingCode: raw.pairingCode.trim(),
      };
      const known = await knownPairing(input);
      // A code that was typed is meant: it counts even where there is a pairing already.
      const spent = input.pairingCode === '' || unused.has(codeOf(input));
      const pairing = known !== null && spent ? known : await pair(input, known?.id ?? randomUUID());
      const { addresses, source } = await relay.egress(pairing.link);
      await keepPairing(pairing);
      if (pairing !== known) changed(null, true);
      return { addresses, source };
    },
    draft: () => memory.draft(),
    saveDraft: (draft) => memory.saveDraft(draft),
    async checks(appid) {
      const record = await stored(appid);
      if (record.status !== 'bound') return { acceptedAt: null, verifiedAt: null, messageAt: null };
      const link = await storedLink(deps, record.linkId);
      if (link === null) throw new AppError({ code: 'relay/unauthorized' });
      const [views, receivedAt] = await Promise.all([
        relay.accounts(link),
        db.accounts.lastReceivedAt(appid),
      ]);
      const before = await memory.receivedBefore(appid);
      const messageAt = receivedAt !== null && receivedAt > (before ?? 0) ? receivedAt : null;
      const verifiedAt = views.find((view) => view.appid === appid)?.verifiedAt ?? null;
      // WeChat pushes only to an address that it has verified.
      return { acceptedAt: record.boundAt, verifiedAt: verifiedAt ?? messageAt, messageAt };
    },
    async serverSetting(appid, value) {
      const record = await stored(appid);
      if (value === 'url') {
        if (record.callbackUrl === null) throw new AppError({ code: 'account/frozen' });
        return record.callbackUrl;
      }
      const kind = value === 'token' ? 'callback-token' : 'encoding-aes-key';
      const secret = await secrets.get({ kind, appid });
      if (secret === null) throw new AppError({ code: 'account/secret-missing' });
      return secret;
    },
    async links() {
      const bound = (await db.accounts.list()).filter((record) => record.status === 'bound');
      const links: BoundLink[] = [];
      for (const link of await db.accounts.links()) {
        const appids = bound.filter((record) => record.linkId === link.id).map((record) => record.appid);
        if (appids.length === 0) continue;
        const deviceToken = await secrets.get({ kind: 'relay-device-token', linkId: link.id });
        if (deviceToken === null) connections.set(link.id, lost(clock));
        else links.push({ ...link, deviceToken, appids });
      }
      return links;
    },
    setConnection(linkId, connection) {
      const before = connections.get(linkId);
      connections.set(linkId, connection);
      if (before?.state !== connection.state || before.error?.code !== connection.error?.code)
        publish('accounts.changed', { appid: null });
    },
    onLinksChanged(listener) {
      linkListeners.add(listener);
      return () => linkListeners.delete(listener);
    },
    onBound(listener) {
      boundListeners.add(listener);
      return () => boundListeners.delete(listener);
    },
  };
}

/** The keychain lost what the relay gave this computer: only pairing again helps. */
const lost = (clock: Clock): ConnectionState => ({
  state: 'offline',
  error: { code: 'relay/unauthorized' },
  lastSeenAt: clock.now(),
});

/** Proves AppID and secret before anything is stored, and learns what WeChat tells of the account. */
function askWeChat(clients: WeChatClients, input: CheckedBindInput, link: RelayLink): Promise<ProbedAccount> {
  const client = clients.forCredentials({
    link,
    appid: input.appid,
    secret: input.secret,
    origin: input.apiOrigin,
  });
  return refusalsNamed(async () => {
    await client.ensureToken();
    return probeAccount(client);
  });
}

/** 40164 has its own code, because its advice names the address to put on the whitelist. */
async function refusalsNamed<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WeChatError && error.errcode === 40164)
      throw new AppError({ ...error.data, code: 'account/whitelist' }, { cause: error });
    throw error;
  }
}
