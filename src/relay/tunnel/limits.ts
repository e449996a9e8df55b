export interface TunnelLimits {
  /** Tunnels that one device may have open. */
  readonly perDevice: number;
  /** Tunnels that one device may open within a minute. */
  readonly opensPerMinute: number;
  /** Bytes, both ways together, that one device may send through within an hour. */
  readonly bytesPerHour: number;
  /** Tunnels of all devices together. */
  readonly total: number;
  /** Milliseconds from the request until the other side is connected. */
  readonly connectMs: number;
  /** Milliseconds without a byte in either direction. */
  readonly idleMs: number;
  /** As `idleMs`, once one side has said its last. */
  readonly halfOpenMs: number;
  /** Milliseconds that a tunnel may live. */
  readonly lifetimeMs: number;
  /** Milliseconds between two looks whether the device is still paired. */
  readonly recheckMs: number;
}

export const DEFAULT_TUNNEL_LIMITS: TunnelLimits = {
  perDevice: 8,
  opensPerMinute: 120,
  bytesPerHour: 1024 * 1024 * 1024,
  total: 1000,
  connectMs: 10_000,
  idleMs: 60_000,
  halfOpenMs: 15_000,
  lifetimeMs: 10 * 60_000,
  recheckMs: 30_000,
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What one period has used up. */
class Period {
  private used = 0;
  private since = -Infinity;

  constructor(
    private readonly ms: number,
    private readonly most: number,
  ) {}

  /** Whether there was enough left; what is refused uses nothing up. */
  spend(amount: number, now: number): boolean {
    if (now - this.since >= this.ms) {
      this.since = now;
      this.used = 0;
    }
    if (this.used + amount > this.most) return false;
    this.used += amount;
    return true;
  }
}

interface Usage {
  open: number;
  readonly opens: Period;
  readonly bytes: Period;
}

/** One open tunnel's share of its device's budget. */
export interface Share {
  /** False when the device has used up its bytes. */
  spend(bytes: number): boolean;
  /** Further calls change nothing. */
  release(): void;
}

/** What each device has open and has used up. Holds as many entries as devices were ever authenticated by this process. */
export class DeviceBudgets {
  private readonly devices = new Map<string, Usage>();
  private open = 0;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(
    private readonly limits: TunnelLimits,
    private readonly now: () => number,
  ) {}

  /** A share for one more tunnel; null when the device, or the relay, has enough of them. */
  take(device: string): Share | null {
    const usage = this.usageOf(device);
    if (this.open >= this.limits.total || usage.open >= this.limits.perDevice) return null;
    if (!usage.opens.spend(1, this.now()) || !usage.bytes.spend(0, this.now())) return null;
    usage.open += 1;
    this.open += 1;
    let released = false;
    return {
      spend: (bytes) => usage.bytes.spend(bytes, this.now()),
      release: () => {
        if (released) return;
        released = true;
        usage.open -= 1;
        this.open -= 1;
      },
    };
  }

  private usageOf(device: string): Usage {
    const known = this.devices.get(device);
    if (known !== undefined) return known;
    const usage = {
      open: 0,
      opens: new Period(MINUTE_MS, this.limits.opensPerMinute),
      bytes: new Period(HOUR_MS, this.limits.bytesPerHour),
    };
    this.devices.set(device, usage);
    return usage;
  }
}
