import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { fail } from './errors';
import { jsonBody, textOf, type AccountCall, type ApiRoute } from './route';

/** Pushes leave from, and the API is served on, this machine only. */
const OWN_ADDRESSES = { ip_list: ['127.0.0.1'] };
const OPERATORS = ['CHINANET', 'UNICOM', 'CAP', 'DEFAULT'];
const PING_TIMEOUT_MS = 2_000;

/** auth-direct.md §4: WeChat's addresses and its check of the callback's network. */
export const networkRoutes: readonly ApiRoute[] = [
  { path: '/cgi-bin/getcallbackip', method: 'GET', auth: 'token', needs: 'any', handle: () => OWN_ADDRESSES },
  {
    path: '/cgi-bin/get_api_domain_ip',
    method: 'GET',
    auth: 'token',
    needs: 'any',
    handle: () => OWN_ADDRESSES,
  },
  { path: '/cgi-bin/callback/check', method: 'POST', auth: 'token', needs: 'any', handle: checkCallback },
];

async function checkCallback(call: AccountCall): Promise<unknown> {
  const body = jsonBody(call);
  const action = textOf(body, 'action');
  const operator = textOf(body, 'check_operator') || 'DEFAULT';
  if (!['dns', 'ping', 'all'].includes(action)) fail(40202);
  if (!OPERATORS.includes(operator)) fail(40203);
  const url = new URL((call.world.targetsOf(call.account)[0] ?? fail(40201)).url);
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
  const dns = addresses.map((ip) => ({ ip, real_operator: operator === 'DEFAULT' ? 'UNICOM' : operator }));
  if (action === 'dns') return { dns };
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const from = operator === 'DEFAULT' ? 'CAP' : operator;
  const ping = await Promise.all(
    addresses.map(async (ip) => {
      const ms = await reach(ip, port);
      return {
        ip,
        from_operator: from,
        package_loss: ms === null ? '100%' : '0%',
        time: ms === null ? '' : `${ms.toFixed(3)}ms`,
      };
    }),
  );
  return action === 'ping' ? { ping } : { dns, ping };
}

/** The host's addresses; none when the name does not resolve, which is what the caller wants to see. */
async function resolve(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/** Milliseconds to open a connection; null when it cannot be opened. Raw sockets for a real ping need privileges. */
function reach(host: string, port: number): Promise<number | null> {
  return new Promise((done) => {
    const startedAt = performance.now();
    const socket = connect({ host, port, timeout: PING_TIMEOUT_MS });
    const end = (result: number | null): void => {
      socket.destroy();
      done(result);
    };
    socket.once('connect', () => end(performance.now() - startedAt));
    socket.once('timeout', () => end(null));
    socket.once('error', () => end(null));
  });
}
