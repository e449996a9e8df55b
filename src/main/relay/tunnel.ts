import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import type { HttpDispatcher, Route } from '#wechat/http';
import { createTunnelDispatcher, NetworkError } from '#wechat/http';
import { isLoopback } from '#wechat/origin';
import type { RelayApi, RelayLink } from './port';

/** How long what a relay said about its tunnel is believed, milliseconds. */
const LEARNED_FOR_MS = 10 * 60_000;

export interface TunnelsDeps {
  readonly relay: Pick<RelayApi, 'egress'>;
  readonly log: Logger;
  /** Milliseconds of a clock that never goes back; replaced in tests only. */
  readonly elapsed?: () => number;
}

export interface Tunnels {
  /**
   * The way for requests that WeChat answers to whitelisted addresses only (auth-direct §5): through the tunnel of the
   * account's relay when it has one, otherwise directly. `link` is asked each time; null is an account without a relay.
   *
   * An API on this computer (the sandbox) needs no whitelisted address, so there a tunnel that does not lead to it is no
   * obstacle. Anywhere else it is: a request that silently left from another address would be refused by WeChat, with the
   * wrong address to put on the list.
   *
   * Fails as the request does, with `tunnel/*` (`params.relay` names the relay) or with `relay/unauthorized`.
   */
  route(link: () => Promise<RelayLink | null>, apiOrigin: string): Route;
  close(): Promise<void>;
}

interface Learned {
  /** null: this relay has no tunnel. */
  readonly dispatcher: Promise<HttpDispatcher | null>;
  readonly at: number;
}

export function createTunnels({ relay, log, elapsed = () => performance.now() }: TunnelsDeps): Tunnels {
  const learned = new Map<string, Learned>();

  async function learn(link: RelayLink): Promise<HttpDispatcher | null> {
    const tunnelUrl = await askForTunnel(link);
    if (tunnelUrl === '') return null;
    return createTunnelDispatcher({ proxyUrl: tunnelUrl, deviceToken: link.deviceToken });
  }

  /** The tunnel's origin, empty when the relay has none or is older than tunnels are. */
  async function askForTunnel(link: RelayLink): Promise<string> {
    try {
      return (await relay.egress(link)).tunnelUrl;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'relay/not-found') return '';
      if (error.code !== 'relay/unreachable' && error.data.retryable !== true) throw error;
      const params = { reason: error.code };
      throw new NetworkError({ code: 'tunnel/unreachable', retryable: true, params }, 'not-sent', {
        cause: error,
      });
    }
  }

  function tunnelOf(link: RelayLink): Learned {
    const key = keyOf(link);
    const known = learned.get(key);
    if (known && elapsed() - known.at < LEARNED_FOR_MS) return known;
    if (known) forget(key, known);
    const fresh: Learned = { dispatcher: learn(link), at: elapsed() };
    learned.set(key, fresh);
    return fresh;
  }

  /** The next request asks the relay anew; those under way on the old connections finish. */
  function forget(key: string, entry: Learned): void {
    if (learned.get(key) === entry) learned.delete(key);
    void closed(entry);
  }

  async function closed({ dispatcher }: Learned): Promise<void> {
    try {
      await (await dispatcher)?.close();
    } catch (error) {
      // One that was never made, or is closed already, leaves nothing open.
      log.debug('tunnel-close-failed', { error });
    }
  }

  async function through<T>(link: RelayLink, request: (via?: HttpDispatcher) => Promise<T>): Promise<T> {
    const entry = tunnelOf(link);
    try {
      const dispatcher = await entry.dispatcher;
      return await (dispatcher === null ? request() : request(dispatcher));
    } catch (error) {
      if (isOfTunnel(error)) {
        forget(keyOf(link), entry);
        throw naming(link, error);
      }
      throw error;
    }
  }

  return {
    route(linkOf, apiOrigin) {
      const onThisComputer = isLoopback(new URL(apiOrigin).hostname);
      return async (request) => {
        try {
          const link = await linkOf();
          return link === null ? await request() : await through(link, request);
        } catch (error) {
          if (!onThisComputer || !isOfTunnel(error)) throw error;
          log.debug('tunnel-passed-by', { code: error.code });
          return request();
        }
      };
    },
    async close() {
      const entries = [...learned.values()];
      learned.clear();
      await Promise.all(entries.map(closed));
    },
  };
}

const keyOf = ({ url, deviceToken }: RelayLink): string => `${url}\n${deviceToken}`;

/** The request has not left: the tunnel, or the question where it is, failed before. */
function isOfTunnel(error: unknown): error is AppError {
  return error instanceof AppError && /^(tunnel|relay)\//.test(error.code);
}

/** The same error with the relay's host, which the texts name. */
function naming(link: RelayLink, error: AppError): AppError {
  const data = { ...error.data, params: { ...error.data.params, relay: new URL(link.url).host } };
  return error instanceof NetworkError
    ? new NetworkError(data, error.outcome, { cause: error })
    : new AppError(data, { cause: error });
}
