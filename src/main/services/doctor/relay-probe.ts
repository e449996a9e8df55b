import type { AppErrorData, Result } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { errorResponse, profileResponse } from '#shared/relay/protocol';
import { httpRequest, NetworkError, requestJson } from '#wechat/http';
import { readServerTime, type ServerTime } from '#wechat/server-time';
import { relayUrl } from '../../relay/http-relay-api';
import type { RelayLink } from '../../relay/port';

const TIMEOUT_MS = 8_000;
/** A page of figures. */
const MAX_FIGURES_BYTES = 512 * 1024;

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** What the doctor asks of a relay besides what every day needs. Nothing here changes anything there. */
export interface RelayProbe {
  /** The relay's clock against this computer's. */
  time(link: RelayLink, signal: AbortSignal): Promise<ServerTime>;
  /** False while it cannot store messages. */
  storing(link: RelayLink, signal: AbortSignal): Promise<boolean>;
  /** Ids of the permission sets that an account granted to the relay's platform. */
  grantedSets(link: RelayLink, appid: string, signal: AbortSignal): Promise<readonly number[]>;
  /** Refused pushes by reason since the relay started, of all its accounts; null where that page is not public. */
  refusals(link: RelayLink, signal: AbortSignal): Promise<ReadonlyMap<string, number> | null>;
}

/** @throws from every method AppError `relay/*` or `network/*` */
export function createRelayProbe(machine: Clock): RelayProbe {
  async function ask<T>(link: RelayLink, path: string, schema: Schema<T>, signal: AbortSignal): Promise<T> {
    const { status, json } = await requestJson({
      method: 'GET',
      url: relayUrl(link.url, path),
      headers: { authorization: `Bearer ${link.deviceToken}` },
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (status === 401) throw new AppError({ code: 'relay/unauthorized' });
    const refusal = errorResponse.safeParse(json);
    if (status >= 400 && refusal.success && /^relay\/[a-z-]{1,40}$/.test(refusal.data.error.code))
      throw new AppError({ code: refusal.data.error.code, params: { status } });
    if (status >= 500) throw new AppError({ code: 'relay/unreachable', params: { status } });
    const parsed = schema.safeParse(json);
    if (status !== 200 || !parsed.success) throw new AppError({ code: 'relay/protocol', params: { status } });
    return parsed.data;
  }

  return {
    time: (link, signal) =>
      readServerTime(relayUrl(link.url, '/healthz'), machine, { timeoutMs: TIMEOUT_MS, signal }),
    async storing(link, signal) {
      const url = relayUrl(link.url, '/healthz');
      const { status } = await httpRequest({ method: 'GET', url, timeoutMs: TIMEOUT_MS, signal });
      if (status === 200) return true;
      if (status === 503) return false;
      throw new AppError({ code: 'relay/protocol', params: { status } });
    },
    async grantedSets(link, appid, signal) {
      const path = `/v1/accounts/${encodeURIComponent(appid)}/profile`;
      return (await ask(link, path, profileResponse, signal)).permissionSets;
    },
    async refusals(link, signal) {
      const url = relayUrl(link.url, '/metrics');
      const { status, body } = await httpRequest({
        ...{ method: 'GET', url, timeoutMs: TIMEOUT_MS, signal },
        maxBytes: MAX_FIGURES_BYTES,
      });
      return status === 200 ? refusalsIn(body.toString('utf8')) : null;
    },
  };
}

const REFUSAL = /^oadesk_relay_callbacks_total\{outcome="(callback\/[a-z-]+)"\} (\d+)$/gm;

/** Callbacks that the relay refused, by the code of the refusal, in Prometheus' text form. */
function refusalsIn(figures: string): ReadonlyMap<string, number> {
  return new Map([...figures.matchAll(REFUSAL)].map((match) => [match[1] ?? '', Number(match[2])]));
}

/** A failure as data. What is no AppError is a fault of the app and is thrown on. */
export async function attempt<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.data };
    throw error;
  }
}

/** As `attempt`, with the silence of a relay by its own name. */
export async function attemptRelay<T>(ask: () => Promise<T>): Promise<Result<T>> {
  return attempt(async () => {
    try {
      return await ask();
    } catch (error) {
      throw error instanceof NetworkError && error.code !== 'network/tls'
        ? new AppError(silent(error.data), { cause: error })
        : error;
    }
  });
}

function silent(data: AppErrorData): AppErrorData {
  return data.code === 'network/bad-response'
    ? { code: 'relay/protocol' }
    : { code: 'relay/unreachable', retryable: true, params: { reason: data.code } };
}
