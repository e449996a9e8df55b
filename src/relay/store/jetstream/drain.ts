import type { AckedPublisher } from './acked-publisher';
import type { Commits } from './commits';
import { ID_HEADER, itemHead } from './item-codec';
import type { Names } from './names';
import type { RecentlyStored } from './recently-stored';
import type { SpooledItem } from './spool';
import type { StreamReader } from './stream-reader';

/** What moving items from the spool into the stream needs. */
export interface DrainParts {
  readonly publisher: AckedPublisher;
  readonly reader: StreamReader;
  readonly commits: Commits;
  readonly names: Names;
  readonly recentlyStored: RecentlyStored;
}

const PAGE = { limit: 1_000, maxBytes: 64 * 1024 * 1024 };
/** The newest probe replaces the one before. */
const PROBE_HEAD = Buffer.from('NATS/1.0\r\nNats-Rollup: sub\r\n\r\n');
/** Probes on their way at once. */
const MAX_PROBES = 256;
const NOTHING = Buffer.alloc(0);

/**
 * Resolves once the stream has taken a message, and so everything that its leader had taken before. Returns its number.
 * @throws NoAck, Refused
 */
export async function probe({ publisher, names }: Pick<DrainParts, 'publisher' | 'names'>): Promise<number> {
  const { seq } = await publisher.publish(names.probe, PROBE_HEAD, NOTHING);
  return seq;
}

/**
 * A cluster that forgot its latest messages gives their numbers out again, and a device that had read so far would never
 * see what comes under them. Probes use them up.
 * @throws NoAck, Refused
 */
async function skipUsedNumbers(parts: DrainParts): Promise<void> {
  let seq = await probe(parts);
  while (seq < parts.commits.position) {
    const missing = Math.min(MAX_PROBES, parts.commits.position - seq);
    seq = Math.max(...(await Promise.all(Array.from({ length: missing }, () => probe(parts)))));
  }
}

/**
 * Which of the items the stream has already. Only those are looked for that may have been published before: the stream's
 * own check for repeated ids forgets them after its duplicate window, and an outage can be longer.
 */
export async function findStored(
  items: readonly SpooledItem[],
  parts: DrainParts,
): Promise<ReadonlySet<SpooledItem>> {
  const wanted = new Map<string, Map<string, SpooledItem>>();
  const since = new Map<string, number>();
  for (const item of items) {
    const { workspaceId, publishedAfter } = item;
    if (publishedAfter === null) continue;
    const ofWorkspace = wanted.get(workspaceId) ?? new Map<string, SpooledItem>();
    ofWorkspace.set(item.replayKey.toString('hex'), item);
    wanted.set(workspaceId, ofWorkspace);
    since.set(workspaceId, Math.min(publishedAfter, since.get(workspaceId) ?? Infinity));
  }
  const found = new Set<SpooledItem>();
  if (wanted.size === 0) return found;
  // What a leader had taken before the outage becomes visible before this does.
  await skipUsedNumbers(parts);
  for (const [workspaceId, ofWorkspace] of wanted) {
    let position = since.get(workspaceId) ?? 0;
    while (ofWorkspace.size > 0) {
      const page = await parts.reader.read(parts.names.itemsOf(workspaceId), position, PAGE);
      for (const message of page) {
        const id = message.header(ID_HEADER);
        const item = ofWorkspace.get(id);
        if (item === undefined) continue;
        ofWorkspace.delete(id);
        found.add(item);
        parts.recentlyStored.add(item, message.seq);
        parts.commits.appended(workspaceId, message.seq);
      }
      const last = page.at(-1);
      if (last === undefined) break;
      position = last.seq;
    }
  }
  return found;
}

/**
 * Publishes items in order. All leave in one write, and the next call comes after all were acknowledged: a change of leader
 * could only let a later one overtake an earlier one if it were over within that one write.
 * @throws NoAck, Refused when at least one was not acknowledged
 */
export async function publishAll(items: readonly SpooledItem[], parts: DrainParts): Promise<void> {
  const { publisher, names, commits, recentlyStored } = parts;
  const acks = items.map(async (item) => {
    const { workspaceId, replayKey, facts, body } = item;
    const head = itemHead(replayKey.toString('hex'), facts);
    const { seq } = await publisher.publish(names.itemsOf(workspaceId), head, body);
    commits.appended(workspaceId, seq);
    recentlyStored.add(item, seq);
  });
  const outcomes = await Promise.allSettled(acks);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
