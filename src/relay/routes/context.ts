import type { Component } from '../component/component';
import type { RelayDeps, RelayLimits } from '../deps';
import type { FeedHub } from '../feed-hub';
import type { RelayMetrics } from '../metrics';
import type { RuleStore } from '../replies/rule-store';
import type { Accounts } from '../state/accounts';
import type { Devices } from '../state/devices';
import type { Landings } from '../state/landings';
import type { Pairing } from '../state/pairing';
import type { RelayTunnel } from '../tunnel/relay-tunnel';

/** What the routes share. */
export interface RouteContext {
  readonly deps: RelayDeps;
  readonly limits: RelayLimits;
  readonly metrics: RelayMetrics;
  readonly accounts: Accounts;
  readonly component: Component;
  readonly rules: RuleStore;
  readonly devices: Devices;
  readonly landings: Landings;
  readonly pairing: Pairing;
  readonly hub: FeedHub;
  readonly tunnel: RelayTunnel;
  /** Origin at which this server listens. */
  readonly ownOrigin: () => string;
  /** Origin under which WeChat reaches the relay. */
  readonly publicOrigin: () => string;
}
