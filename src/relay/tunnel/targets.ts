/** WeChat's hosts that a desktop may reach through the tunnel: the API with its regional names, QR images, old media. */
export const WECHAT_HOSTS: readonly string[] = [
  'api.weixin.qq.com',
  'api2.weixin.qq.com',
  'sh.api.weixin.qq.com',
  'sz.api.weixin.qq.com',
  'hk.api.weixin.qq.com',
  'file.api.weixin.qq.com',
  'mp.weixin.qq.com',
];

export interface Target {
  /** A name, or for a configured origin perhaps an address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether it may lie in a private network: only what the relay's operator configured may. */
  readonly anyAddress: boolean;
}

export type Refusal = 'other-host' | 'other-port';

/**
 * Reads what a CONNECT request asks for. The text must be exactly one of the allowed ones, byte for byte, so that no other
 * way of writing a name, an address or a port can mean something else to whoever resolves it later.
 */
export class Targets {
  private readonly allowed = new Map<string, Target>();

  /** `wechatOrigin`: one more place, for development and the demo, such as `http://127.0.0.1:4000`. */
  constructor(wechatOrigin?: string) {
    for (const host of WECHAT_HOSTS) this.allowed.set(`${host}:443`, { host, port: 443, anyAddress: false });
    if (wechatOrigin === undefined) return;
    const { hostname, protocol, port: written } = new URL(wechatOrigin);
    const port = written === '' ? (protocol === 'https:' ? 443 : 80) : Number(written);
    const authority = `${hostname}:${String(port)}`;
    if (this.allowed.has(authority)) return;
    this.allowed.set(authority, { host: hostname.replace(/^\[|\]$/g, ''), port, anyAddress: true });
  }

  find(authority: string): Target | Refusal {
    const target = this.allowed.get(authority);
    if (target !== undefined) return target;
    const host = authority.slice(0, Math.max(0, authority.lastIndexOf(':')));
    return WECHAT_HOSTS.includes(host) ? 'other-port' : 'other-host';
  }
}
