import type { Server } from 'node:http';
import type { Dialer } from './dial';
import { tunnelUrl } from './egress';
import { attachTunnel, type Tunnel, type TunnelDeps } from './tunnel';
import { createTunnelServer, type TunnelServer, type TunnelServerOptions } from './tunnel-server';

export interface RelayTunnelOptions {
  /** Where desktops reach the tunnel, when the operator says so. */
  readonly url?: string;
  /** Addresses that WeChat will see, when the operator says so. */
  readonly egressAddresses?: readonly string[];
  /** A listener of the tunnel's own; the relay's own port when left out. */
  readonly listener?: TunnelServerOptions;
  /** Replaced in tests only. */
  readonly dialer?: Dialer;
}

/** The tunnel of one relay, on the relay's own port or on one of its own. */
export class RelayTunnel {
  private own: TunnelServer | null = null;
  private shared: Tunnel | null = null;
  private readonly deps: TunnelDeps;

  constructor(
    private readonly options: RelayTunnelOptions,
    deps: TunnelDeps,
  ) {
    this.deps = options.dialer === undefined ? deps : { ...deps, dialer: options.dialer };
  }

  /** Before `server` listens. @throws AppError relay/certificate, relay/address-in-use */
  async start(server: Server): Promise<void> {
    const { listener } = this.options;
    if (listener === undefined) this.shared = attachTunnel(server, this.deps);
    else this.own = await createTunnelServer(listener, this.deps);
  }

  /** Origin of the proxy as desktops reach it; empty when they could not. */
  url(relay: { readonly origin: string; readonly publicUrl?: string }): string {
    const { url, listener } = this.options;
    return tunnelUrl({
      ...relay,
      ...(url === undefined ? {} : { configured: url }),
      ...(listener === undefined || this.own === null
        ? {}
        : { listener: { host: listener.host, port: this.own.port, secure: this.own.secure } }),
    });
  }

  get egressAddresses(): readonly string[] {
    return this.options.egressAddresses ?? [];
  }

  closeDevice(id: string): void {
    (this.own ?? this.shared)?.closeDevice(id);
  }

  /** To be called before the server is closed, which would wait for open tunnels. */
  async close(): Promise<void> {
    this.shared?.close();
    await this.own?.close();
  }
}
