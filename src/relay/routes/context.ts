import type { AccountDirectory } from '../account-directory';
import type { RelayDeps, RelayLimits } from '../deps';
import type { FeedHub } from '../feed-hub';
import type { RelayMetrics } from '../metrics';

/** What the routes share. */
export interface RouteContext {
  readonly deps: RelayDeps;
  readonly limits: RelayLimits;
  readonly metrics: RelayMetrics;
  readonly accounts: AccountDirectory;
  readonly hub: FeedHub;
  /** Origin under which WeChat reaches the relay. */
  readonly publicOrigin: () => string;
}
