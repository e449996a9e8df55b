/** A small registry in Prometheus' text format. Labels are constants of the code, never data of an account. */
type Labels = Readonly<Record<string, string>>;

interface Metric {
  render(): string[];
}

interface Count {
  value: number;
}

class Counter implements Metric {
  private readonly counts = new Map<string, Count>();

  constructor(
    private readonly name: string,
    private readonly help: string,
  ) {}

  add(labels: Labels = {}, by = 1): void {
    this.countOf(labels).value += by;
  }

  /** The number under these labels, to be raised by who counts with every request. */
  countOf(labels: Labels): Count {
    const key = renderLabels(labels);
    const count = this.counts.get(key) ?? { value: 0 };
    this.counts.set(key, count);
    return count;
  }

  render(): string[] {
    const lines = [...this.counts]
      .filter(([, { value }]) => value > 0)
      .map(([labels, { value }]) => `${this.name}${labels} ${String(value)}`);
    return [...head(this.name, this.help, 'counter'), ...(lines.length > 0 ? lines : [`${this.name} 0`])];
  }
}

class Gauge implements Metric {
  private value = 0;

  constructor(
    private readonly name: string,
    private readonly help: string,
    private readonly read?: () => number,
  ) {}

  set(value: number): void {
    this.value = value;
  }

  render(): string[] {
    return [...head(this.name, this.help, 'gauge'), `${this.name} ${String(this.read?.() ?? this.value)}`];
  }
}

class Histogram implements Metric {
  private readonly counts: number[];
  private sum = 0;
  private total = 0;

  /** `bounds` rise. */
  constructor(
    private readonly name: string,
    private readonly help: string,
    private readonly bounds: readonly number[],
  ) {
    this.counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.sum += value;
    this.total += 1;
    const index = this.bounds.findIndex((bound) => value <= bound);
    if (index !== -1) this.counts[index] = (this.counts[index] ?? 0) + 1;
  }

  render(): string[] {
    let below = 0;
    const buckets = this.bounds.map((bound, index) => {
      below += this.counts[index] ?? 0;
      return `${this.name}_bucket{le="${String(bound)}"} ${String(below)}`;
    });
    return [
      ...head(this.name, this.help, 'histogram'),
      ...buckets,
      `${this.name}_bucket{le="+Inf"} ${String(this.total)}`,
      `${this.name}_sum ${String(this.sum)}`,
      `${this.name}_count ${String(this.total)}`,
    ];
  }
}

/** Every figure the relay keeps about itself. */
export class RelayMetrics {
  private readonly started = performance.now();
  readonly callbacks = new Counter('oadesk_relay_callbacks_total', 'Callbacks by outcome.');
  readonly callbackSeconds = new Histogram(
    'oadesk_relay_callback_seconds',
    'Seconds from the end of a callback to its answer.',
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  );
  readonly clockSkew = new Gauge(
    'oadesk_relay_callback_clock_skew_seconds',
    'Clock of the relay minus timestamp of the latest correctly signed callback.',
  );
  readonly autoReplies = new Counter(
    'oadesk_relay_auto_replies_total',
    'Messages of accounts with reply rules by what became of the reply.',
  );
  readonly pairings = new Counter('oadesk_relay_pairings_total', 'Attempts to pair by outcome.');
  readonly delivered = new Counter('oadesk_relay_feed_messages_total', 'Messages handed to devices.');
  readonly removed = new Counter(
    'oadesk_relay_removed_messages_total',
    'Messages removed, by whether every device had them.',
  );
  readonly unreadExpiring = new Gauge(
    'oadesk_relay_unread_expiring_messages',
    'Messages that will be removed although some device has not fetched them, as it was warned.',
  );
  readonly storageBytes = new Gauge(
    'oadesk_relay_storage_bytes',
    'Bytes of storage in use at the latest sweep.',
  );
  readonly tunnels = new Counter('oadesk_relay_tunnels_total', 'Requests for a tunnel by outcome.');
  readonly requests = new Counter('oadesk_relay_requests_total', 'Answers by status class.');
  private readonly all: Metric[];

  constructor(waitingDevices: () => number) {
    this.all = [
      this.callbacks,
      this.callbackSeconds,
      this.clockSkew,
      this.autoReplies,
      this.pairings,
      this.delivered,
      this.removed,
      this.unreadExpiring,
      this.storageBytes,
      this.tunnels,
      this.requests,
      new Gauge('oadesk_relay_waiting_polls', 'Long polls that wait for a message.', waitingDevices),
      new Gauge('oadesk_relay_uptime_seconds', 'Seconds since start.', () =>
        Math.floor((performance.now() - this.started) / 1000),
      ),
      new Gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss()),
    ];
  }

  render(): string {
    return `${this.all.flatMap((metric) => metric.render()).join('\n')}\n`;
  }
}

function head(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
