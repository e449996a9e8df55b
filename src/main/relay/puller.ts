import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type {
  AccountsService,
  BoundLink,
  ConnectionState,
  ConversationsService,
} from '../services/interfaces';
import type { BackoffOptions } from './backoff';
import { createBackoff, RELAY_BACKOFF } from './backoff';
import type { LinkLoop } from './link-loop';
import { runLinkLoop } from './link-loop';
import type { RelayApi } from './port';
import type { ServerClock } from './server-clock';

export interface PullerDeps {
  readonly accounts: Pick<AccountsService, 'links' | 'setConnection' | 'onLinksChanged'>;
  readonly conversations: Pick<ConversationsService, 'ingest' | 'flushQueue'>;
  /** Told of each link that is up again. */
  readonly onLinkUp?: (linkId: string) => void;
  readonly relay: Pick<RelayApi, 'feed'>;
  readonly clock: Clock & Pick<ServerClock, 'skewHours'>;
  readonly log: Logger;
  readonly backoff?: BackoffOptions;
}

/** Keeps one feed open for every relay link that has bound accounts. */
export interface Puller {
  /** Begins to pull, and follows the links as accounts come and go. Can be called again after `stop`. */
  start(): Promise<void>;
  /** Tries every link at once: the network came back or the computer woke up. */
  wake(): void;
  /** Ends every feed; resolves when what was being stored is stored. */
  stop(): Promise<void>;
}

export function createPuller(deps: PullerDeps): Puller {
  const loops = new Map<string, { readonly key: string; readonly loop: LinkLoop }>();
  let dispose: (() => void) | null = null;
  const isStopped = (): boolean => dispose === null;
  /** Changes of links are followed one after the other. */
  let syncing: Promise<void> = Promise.resolve();

  function begin(link: BoundLink): LinkLoop {
    return runLinkLoop(link, {
      relay: deps.relay,
      clock: deps.clock,
      backoff: createBackoff(deps.backoff ?? RELAY_BACKOFF),
      ingest: (items) => deps.conversations.ingest(link.id, items),
      report: (connection) => deps.accounts.setConnection(link.id, withClock(connection)),
      onOnline: () => {
        deps.onLinkUp?.(link.id);
        deps.conversations
          .flushQueue()
          .catch((error: unknown) => deps.log.warn('flush-after-reconnect-failed', { error }));
      },
      log: deps.log,
    });
  }

  /** A wrong clock is worth a notice only while nothing worse is wrong. */
  function withClock(connection: ConnectionState): ConnectionState {
    const hours = deps.clock.skewHours();
    if (connection.error !== null || hours === null) return connection;
    return { ...connection, error: { code: 'clock/skewed', params: { hours } } };
  }

  async function sync(): Promise<void> {
    if (isStopped()) return;
    const links = await deps.accounts.links();
    if (isStopped()) return;
    const wanted = new Map(links.map((link) => [link.id, link]));
    const stopped: Promise<void>[] = [];
    for (const [id, { key, loop }] of loops) {
      const link = wanted.get(id);
      if (link && keyOf(link) === key) continue;
      loops.delete(id);
      stopped.push(loop.stop());
    }
    // A link whose token changed begins again only when its former feed has stored what it had.
    await Promise.all(stopped);
    if (isStopped()) return;
    for (const link of links) {
      if (!loops.has(link.id)) loops.set(link.id, { key: keyOf(link), loop: begin(link) });
    }
  }

  function queueSync(): Promise<void> {
    syncing = syncing.then(sync).catch((error: unknown) => deps.log.error('links-sync-failed', { error }));
    return syncing;
  }

  return {
    start() {
      dispose ??= deps.accounts.onLinksChanged(() => void queueSync());
      return queueSync();
    },
    wake() {
      for (const { loop } of loops.values()) loop.wake();
    },
    async stop() {
      dispose?.();
      dispose = null;
      await syncing;
      const running = [...loops.values()];
      loops.clear();
      await Promise.all(running.map(({ loop }) => loop.stop()));
    },
  };
}

/** What makes a feed a different one. */
function keyOf(link: BoundLink): string {
  return JSON.stringify([link.url, link.deviceToken]);
}
