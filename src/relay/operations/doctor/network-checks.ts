import { lookup, Resolver } from 'node:dns/promises';
import { BlockList, connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls, rootCertificates, type PeerCertificate } from 'node:tls';
import { isPublicAddress } from '../../tunnel/addresses';
import { found, type Finding } from './finding';
import type { DoctorLimits } from './limits';
import { reasonOf } from './request';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');
/** Whether the internet knows the way to the host. What the hosts file of this machine says counts only without DNS. */
export async function checkName(host: string): Promise<Finding> {
  const asked = await addressesOf(host);
  if ('reason' in asked) {
    const isUnknown = /^(ENOTFOUND|ENODATA)$/.test(asked.reason);
    return isUnknown
      ? found('dns/unknown-name', { host })
      : found('dns/failed', { host, reason: asked.reason });
  }
  const params = { host, addresses: asked.addresses.join(', ') };
  const isLoopback = (address: string): boolean =>
    LOOPBACK.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  if (asked.addresses.every(isLoopback)) return found('dns/loopback', params);
  return found(asked.addresses.some(isPublicAddress) ? 'dns/ok' : 'dns/private', params);
}

async function addressesOf(
  host: string,
): Promise<{ readonly addresses: readonly string[] } | { readonly reason: string }> {
  if (isIP(host) !== 0) return { addresses: [host] };
  // Names of this machine, which no DNS server has to know.
  if (/(^|\.)localhost$/.test(host))
    return { addresses: (await lookup(host, { all: true })).map(({ address }) => address) };
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const public4 = four.status === 'fulfilled' ? four.value : [];
  const public6 = six.status === 'fulfilled' ? six.value : [];
  if (public4.length + public6.length > 0) return { addresses: [...public4, ...public6] };
  try {
    return { addresses: (await lookup(host, { all: true })).map(({ address }) => address) };
  } catch (error) {
    return {
      reason:
        four.status === 'rejected' && reasonOf(error) !== 'ENOTFOUND'
          ? reasonOf(four.reason)
          : reasonOf(error),
    };
  }
}

/** Whether the port of the address is one that WeChat calls, and whether it is open. */
export async function checkPorts(url: URL, limits: DoctorLimits): Promise<readonly Finding[]> {
  const port = portOf(url);
  const allowed = port === limits.httpPort || port === limits.httpsPort;
  const findings = allowed ? [] : [found('port/not-allowed', { port })];
  const closed = await whyClosed(hostOf(url), port, limits.timeoutMs);
  if (closed === 'ECONNREFUSED') return [...findings, found('port/refused', { port })];
  if (closed !== null) return [...findings, found('port/silent', { port, reason: closed })];
  if (url.protocol === 'https:' && port === limits.httpsPort) {
    const without = await whyClosed(hostOf(url), limits.httpPort, limits.timeoutMs);
    if (without !== null) return [found('port/no-http')];
  }
  return allowed ? [found('port/ok', { port })] : findings;
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The host without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function whyClosed(host: string, port: number, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: timeoutMs });
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.once('connect', () => {
      end(null);
    });
    socket.once('timeout', () => {
      end('timeout');
    });
    socket.once('error', (error) => {
      end(reasonOf(error));
    });
  });
}

/** The certificate as a client sees it: its time, its name and its chain. `now` in unix seconds. */
export function checkCertificate(url: URL, limits: DoctorLimits, now: number): Promise<Finding> {
  const host = hostOf(url);
  if (url.protocol === 'http:') return Promise.resolve(found('certificate/none'));
  return new Promise((resolve) => {
    const socket = connectTls({
      host,
      port: portOf(url),
      timeout: limits.timeoutMs,
      rejectUnauthorized: false,
      ...(limits.trustedAuthorities.length === 0
        ? {}
        : { ca: [...rootCertificates, ...limits.trustedAuthorities] }),
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const end = (finding: Finding): void => {
      socket.destroy();
      resolve(finding);
    };
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const reason = socket.authorized
        ? null
        : String(
            (socket.authorizationError as unknown as { code?: string }).code ?? socket.authorizationError,
          );
      end(judge(certificate, reason, host, limits, now));
    });
    socket.once('timeout', () => {
      end(found('certificate/no-tls', { reason: 'timeout' }));
    });
    socket.once('error', (error) => {
      end(found('certificate/no-tls', { reason: reasonOf(error) }));
    });
  });
}

function judge(
  certificate: PeerCertificate,
  reason: string | null,
  host: string,
  limits: DoctorLimits,
  now: number,
): Finding {
  const until = Date.parse(certificate.valid_to) / 1000;
  const from = Date.parse(certificate.valid_from) / 1000;
  if (until < now) return found('certificate/expired', { date: dayOf(until) });
  if (from > now) return found('certificate/not-yet', { date: dayOf(from) });
  switch (reason) {
    case null:
      break;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return found('certificate/self-signed');
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return found('certificate/chain');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return found('certificate/name', { host, names: namesOf(certificate) });
    default:
      return found('certificate/untrusted', { reason });
  }
  const days = Math.floor((until - now) / 86_400);
  if (days < limits.certificateDays) return found('certificate/expires-soon', { days });
  return found('certificate/ok', { days, issuer: nameOf(certificate.issuer) });
}

function namesOf(certificate: PeerCertificate): string {
  return certificate.subjectaltname?.replace(/(DNS|IP Address):/g, '') ?? String(certificate.subject.CN);
}

function nameOf({ O, CN }: PeerCertificate['issuer']): string {
  return [O, CN].filter((part) => part !== undefined).join(' ');
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
