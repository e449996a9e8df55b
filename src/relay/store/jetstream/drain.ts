import type { AckedPublisher } from './acked-publisher';
import type { Commits } from './commits';
import { ID_HEADER, itemHead } from './item-codec';
import type { Names } from './names';
import type { SpooledItem } from './spool';
import type { StreamReader } from './stream-reader';

/** What moving items from the spool into the stream needs. */
export interface DrainParts {
  readonly publisher: AckedPublisher;
  readonly reader: StreamReader;
  readonly commits: Commits;
  readonly names: Names;
}

const PAGE = { limit: 1_000, maxBytes: 64 * 1024 * 1024 };
/** The newest probe replaces the one before. */
const PROBE_HEAD = Buffer.from('NATS/1.0\r\nNats-Rollup: sub\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Resolves once the stream has taken a message, and so everything that its leader had taken before.
 * @throws NoAck, Refused
 */
export async function probe({ publisher, names }: Pick<DrainParts, 'publisher' | 'names'>): Promise<void> {
  await publisher.publish(names.probe, PROBE_HEAD, NOTHING);
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
  await probe(parts);
  for (const [workspaceId, ofWorkspace] of wanted) {
    let position = since.get(workspaceId) ?? 0;
    for (;;) {
      const page = await parts.reader.read(parts.names.itemsOf(workspaceId), position, PAGE);
      for (const message of page) {
        const item = ofWorkspace.get(message.header(ID_HEADER));
        if (item === undefined) continue;
        found.add(item);
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
  const { publisher, names, commits } = parts;
  const acks = items.map(async ({ workspaceId, replayKey, facts, body }) => {
    const head = itemHead(replayKey.toString('hex'), facts);
    const { seq } = await publisher.publish(names.itemsOf(workspaceId), head, body);
    commits.appended(workspaceId, seq);
  });
  const outcomes = await Promise.allSettled(acks);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
