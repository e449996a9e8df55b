import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { egressResponse } from '#shared/relay/protocol';
import { Devices } from '../../state/devices';
import type { RelayStore } from '../../store/port';
import { found, type Finding } from './finding';
import type { DoctorLimits } from './limits';
import { ask, reasonOf } from './request';

/** Nobody is invited into it, and its devices exist for the time of this check. */
const WORKSPACE = 'relay-doctor';
const TARGET = 'api.weixin.qq.com:443';

/**
 * Whether computers reach WeChat through the relay: asks, as a temporary device, where the tunnel is, and opens one as far as
 * WeChat's first host. Nothing is sent through it.
 */
export async function checkTunnel(base: string, store: RelayStore, limits: DoctorLimits): Promise<Finding> {
  const devices = new Devices(store);
  await cleanUp(devices);
  try {
    const { deviceToken } = await devices.add(WORKSPACE, 'doctor', Date.now() / 1000);
    const asked = await ask(`${base}/v1/egress`, {
      timeoutMs: limits.timeoutMs,
      headers: { authorization: `Bearer ${deviceToken}` },
    });
    if ('reason' in asked) return found('tunnel/not-told', { status: asked.reason });
    const tunnelUrl = tunnelIn(asked.answer.body);
    if (tunnelUrl === null) return found('tunnel/not-told', { status: asked.answer.status });
    if (tunnelUrl === '') return found('tunnel/none');
    const opened = await open(tunnelUrl, deviceToken, limits);
    const params = { origin: tunnelUrl, port: portOf(tunnelUrl) };
    if ('reason' in opened) return found('tunnel/unreachable', { ...params, reason: opened.reason });
    if (opened.status === 200) return found('tunnel/ok', { ...params, target: TARGET });
    if (opened.status === 502) return found('tunnel/wechat', { ...params, target: TARGET });
    return found('tunnel/refused', { ...params, status: opened.status });
  } finally {
    await cleanUp(devices);
  }
}

/** Also of what a doctor that was killed has left. */
async function cleanUp(devices: Devices): Promise<void> {
  for (const { id } of await devices.list(WORKSPACE)) await devices.revoke(WORKSPACE, id);
}

/** Null when the answer is none of a relay. */
function tunnelIn(body: string): string | null {
  try {
    const parsed = egressResponse.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.tunnelUrl : null;
  } catch {
    return null;
  }
}

function portOf(origin: string): string {
  const { port, protocol } = new URL(origin);
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port;
}

/** The status that answers the request for a tunnel, or why there was none. The certificate must be right, as for the app. */
function open(
  tunnelUrl: string,
  deviceToken: string,
  { timeoutMs, trustedAuthorities }: DoctorLimits,
): Promise<{ readonly status: number } | { readonly reason: string }> {
  return new Promise((resolve) => {
    const { protocol, hostname } = new URL(tunnelUrl);
    const options = {
      method: 'CONNECT',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: portOf(tunnelUrl),
      path: TARGET,
      agent: false,
      headers: { host: TARGET, 'proxy-authorization': `Bearer ${deviceToken}` },
    };
    const trusted =
      trustedAuthorities.length === 0 ? {} : { ca: [...rootCertificates, ...trustedAuthorities] };
    const sent = protocol === 'https:' ? httpsRequest({ ...options, ...trusted }) : httpRequest(options);
    const timer = setTimeout(() => sent.destroy(Object.assign(new Error(), { code: 'timeout' })), timeoutMs);
    sent.on('connect', ({ statusCode = 0 }, socket) => {
      clearTimeout(timer);
      socket.on('error', () => undefined).destroy();
      resolve({ status: statusCode });
    });
    sent.on('error', (error) => {
      clearTimeout(timer);
      resolve({ reason: reasonOf(error) });
    });
    sent.end();
  });
}
