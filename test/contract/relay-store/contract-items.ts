import type { FeedWindow, IncomingItem, RelayStore } from '#relay/store/port';

export const ALL: FeedWindow = { limit: 500, maxBytes: Number.MAX_SAFE_INTEGER };
export const NOW = 1_800_000_000;

let serial = 0;
/** A name that no other test uses: places may be shared between tests. */
export const fresh = (name: string): string => `${name}-${process.pid}-${(serial += 1)}`;

/** An item whose replay key follows from its workspace and its name, which is also its body. */
export function item(workspaceId: string, name: string, rest: Partial<IncomingItem> = {}): IncomingItem {
  return {
    workspaceId,
    kind: 'message',
    appid: 'wx0000000000000001',
    receivedAt: NOW,
    replayKey: Buffer.from(`${workspaceId}/${name}`.padEnd(32, '.')),
    query: `nonce=${name}`,
    body: Buffer.from(name),
    ...rest,
  };
}

export async function bodies(
  store: RelayStore,
  workspaceId: string,
  after = 0,
  window: FeedWindow = ALL,
): Promise<string[]> {
  const page = await store.log.readFeed(workspaceId, after, window);
  return page.items.map((entry) => entry.body.toString());
}
