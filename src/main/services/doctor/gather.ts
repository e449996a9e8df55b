/** Sees what the doctor judges. Everything here only reads. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AppErrorData, Result } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import { QUOTA_PATHS } from '#shared/domain/doctor/account-checks';
import type { Clock } from '#shared/domain/clock';
import type {
  AesObservation,
  CategoryObservation,
  ClockObservation,
  GrantedSets,
  QuotaObservation,
  RelaySigns,
  TokenAnswer,
  WeChatCallbackView,
} from '#shared/domain/doctor/observations';
import { checkCallback } from '#wechat/api/network';
import { getQuota } from '#wechat/api/quota';
import { getTags } from '#wechat/api/tags';
import { getIndustry } from '#wechat/api/template';
import type { ApiPath, WeChatClient } from '#wechat/client';
import { isEncodingAESKey } from '#wechat/callback/envelope';
import { WECHAT_ORIGIN } from '#wechat/origin';
import { readServerTime, wechatTimeUrl } from '#wechat/server-time';
import type { AccountRecord } from '../../db/port/accounts';
import type { Database } from '../../db/port/database';
import type { ConnectionSigns } from '../../db/port/doctor';
import type { RelayApi, RelayLink } from '../../relay/port';
import type { SecretStore } from '../../secrets/port';
import type { ConversationsService } from '../interfaces';
import { attempt, attemptRelay, type RelayProbe } from './relay-probe';

const TIMEOUT_MS = 8_000;
const CLASSIC_TOKEN = '/cgi-bin/token';
/** Questions about quotas under way at once. */
const AT_ONCE = 4;

export interface GatherDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly machine: Clock;
  readonly probe: RelayProbe;
  readonly relay: Pick<RelayApi, 'egress' | 'accounts' | 'devices'>;
  readonly conversations: Pick<ConversationsService, 'retryQuarantine'>;
}

/** One account under examination. */
export interface Subject {
  readonly record: AccountRecord;
  /** null: the account has no relay. */
  readonly link: RelayLink | null;
  readonly client: Result<WeChatClient>;
  readonly signal: AbortSignal;
}

export type Gather = ReturnType<typeof createGather>;

export function createGather({ db, secrets, machine, probe, relay, conversations }: GatherDeps) {
  async function clock({ record, link, signal }: Subject): Promise<ClockObservation> {
    const [wechat, atRelay] = await Promise.all([
      attempt(() =>
        readServerTime(wechatTimeUrl(record.apiOrigin ?? WECHAT_ORIGIN), machine, {
          timeoutMs: TIMEOUT_MS,
          signal,
        }),
      ),
      link && attemptRelay(() => probe.time(link, signal)),
    ]);
    return { wechat, relay: atRelay };
  }

  async function token({ client }: Subject): Promise<TokenAnswer> {
    return client.ok ? attempt(() => client.value.checkToken()) : client;
  }

  async function relayAddresses({ link }: Subject): Promise<readonly string[]> {
    if (link === null) return [];
    const egress = await attempt(() => relay.egress(link));
    return egress.ok ? egress.value.addresses : [];
  }

  async function classicCalls({ client }: Subject): Promise<number | null> {
    if (!client.ok) return null;
    const quota = await attempt(() => getQuota(client.value, CLASSIC_TOKEN));
    return quota.ok ? quota.value.quota.used : null;
  }

  async function relaySigns({ record, link, signal }: Subject): Promise<RelaySigns | null> {
    if (link === null) return null;
    const [health, accounts, devices, refusals] = await Promise.all([
      attemptRelay(() => probe.storing(link, signal)),
      attempt(() => relay.accounts(link)),
      attempt(() => relay.devices(link)),
      attemptRelay(() => probe.refusals(link, signal)),
    ]);
    const own = accounts.ok ? accounts.value.find(({ appid }) => appid === record.appid) : undefined;
    const refused = refusals.ok ? refusals.value : null;
    return {
      health: health.ok ? { ok: true, value: { storing: health.value } } : health,
      registered: accounts.ok
        ? { ok: true, value: own ? { callbackUrl: own.callbackUrl, mode: own.mode } : null }
        : accounts,
      waiting: devices.ok ? (devices.value.find(({ current }) => current)?.unread ?? null) : null,
      refused: refused && {
        plain: refused.get('callback/downgrade') ?? 0,
        badSignature: refused.get('callback/bad-signature') ?? 0,
      },
    };
  }

  async function callbackView({ client }: Subject): Promise<Result<WeChatCallbackView>> {
    if (!client.ok) return client;
    return attempt(async () => {
      const { dns = [], ping = [] } = await checkCallback(client.value);
      return {
        dns: dns.map(({ ip }) => ip),
        ping: ping.map(({ ip, package_loss: loss, time }) => ({ ip, lost: loss === '100%', time })),
      };
    });
  }

  async function ownAddresses({ record }: Subject): Promise<readonly string[]> {
    if (record.callbackUrl === null) return [];
    const host = new URL(record.callbackUrl).hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0) return [host];
    try {
      return (await lookup(host, { all: true })).map(({ address }) => address);
    } catch {
      // A name that does not resolve here says nothing about what WeChat sees.
      return [];
    }
  }

  /** Reads the quarantine again first: what the present key opens is no trouble any more. */
  async function aes(
    { record }: Subject,
    signs: ConnectionSigns,
    atRelay: RelaySigns | null,
  ): Promise<AesObservation> {
    const { appid } = record;
    const recovered = signs.quarantine.length > 0 ? await conversations.retryQuarantine(appid) : 0;
    const { quarantine, lastMessageAt } = recovered > 0 ? await db.doctor.signs(appid) : signs;
    const mode = atRelay?.registered.ok ? (atRelay.registered.value?.mode ?? null) : null;
    const keys = await attempt(async () => {
      const [callbackToken, key] = await Promise.all([
        secrets.get({ kind: 'callback-token', appid }),
        secrets.get({ kind: 'encoding-aes-key', appid }),
      ]);
      if (callbackToken === null || key === null) throw new AppError({ code: 'account/secret-missing' });
      if (!isEncodingAESKey(key)) throw new AppError({ code: 'callback/bad-aes-key' });
      return null;
    });
    return {
      keys,
      quarantine,
      recovered,
      refusedPlain: atRelay?.refused?.plain ?? null,
      lastMessageAt,
      mode,
    };
  }

  async function granted({ record, link, signal }: Subject): Promise<GrantedSets> {
    if (record.door !== 'scan' || link === null) return null;
    return attemptRelay(() => probe.grantedSets(link, record.appid, signal));
  }

  /** Tags are for verified accounts; reading them is harmless (README §8). */
  async function verified({ client }: Subject): Promise<Result<boolean>> {
    if (!client.ok) return client;
    const tags = await attempt(() => getTags(client.value));
    if (tags.ok) return { ok: true, value: true };
    return tags.error.errcode === 48001 ? { ok: true, value: false } : tags;
  }

  async function quotas({ client, signal }: Subject): Promise<QuotaObservation> {
    if (!client.ok) return { lines: [], errors: [client.error] };
    const found = new Map<ApiPath, Result<Awaited<ReturnType<typeof getQuota>>>>();
    const rest = [...QUOTA_PATHS];
    const worker = async (): Promise<void> => {
      for (let path = rest.shift(); path !== undefined; path = rest.shift()) {
        if (signal.aborted) return;
        const asked = path;
        found.set(asked, await attempt(() => getQuota(client.value, asked)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const errors: AppErrorData[] = [];
    const lines = QUOTA_PATHS.flatMap((path) => {
      const answer = found.get(path);
      if (answer === undefined) return [];
      if (answer.ok) {
        const { daily_limit: limit, used, remain: left } = answer.value.quota;
        return [{ path, limit, used, left }];
      }
      errors.push(answer.error);
      return [];
    });
    return { lines, errors };
  }

  async function industry(
    { record, client }: Subject,
    isVerified: boolean,
  ): Promise<CategoryObservation['industry']> {
    if (record.kind !== 'service' || !isVerified) return null;
    if (!client.ok) return client;
    return attempt(async () => {
      const { primary_industry: first, secondary_industry: second } = await getIndustry(client.value);
      return first === undefined ? null : { first: nameOf(first), second: second ? nameOf(second) : '' };
    });
  }

  return {
    clock,
    token,
    relayAddresses,
    classicCalls,
    relaySigns,
    callbackView,
    ownAddresses,
    aes,
    granted,
    verified,
    quotas,
    industry,
    signs: (appid: string) => db.doctor.signs(appid),
  };
}

function nameOf(industry: { readonly first_class: string; readonly second_class: string }): string {
  return [...new Set([industry.first_class, industry.second_class])].filter(Boolean).join(' · ');
}
