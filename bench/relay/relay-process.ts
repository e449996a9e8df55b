import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Pin } from './cores';
import { ROOT, ServerProcess } from './server-process';
import { ACCOUNT } from './account';

/** The relay as it is shipped: what the build leaves in `out/main`. */
export const RELAY = join(ROOT, 'out', 'main', 'relay.js');

export interface RelayUnderTest {
  readonly server: ServerProcess;
  /** Path of the account's callback address. */
  readonly path: string;
  readonly deviceToken: string;
}

/** Starts a relay, pairs a device by a code from its own command line, and binds the account. */
export async function startRelay(
  pin: Pin,
  program: string,
  options: readonly string[],
): Promise<RelayUnderTest> {
  const server = await ServerProcess.start(pin, [program, '--port', '0', ...options]);
  const code = await invite(program, options);
  const { deviceToken } = await call<{ deviceToken: string }>(server, 'POST', '/v1/pair', {
    code,
    name: 'bench',
  });
  const { callbackUrl } = await call<{ callbackUrl: string }>(
    server,
    'PUT',
    `/v1/accounts/${ACCOUNT.appid}`,
    { mode: 'sealed', token: ACCOUNT.token },
    deviceToken,
  );
  return { server, path: new URL(callbackUrl).pathname, deviceToken };
}

/** How many messages the feed holds, and how many different ones. */
export async function countStored({
  server,
  deviceToken,
}: RelayUnderTest): Promise<{ all: number; distinct: number }> {
  const bodies = new Set<string>();
  let all = 0;
  let cursor = 0;
  for (;;) {
    const page = await call<{ items: readonly { body: string }[]; next: number }>(
      server,
      'GET',
      `/v1/feed?after=${String(cursor)}&limit=500`,
      undefined,
      deviceToken,
    );
    if (page.items.length === 0) return { all, distinct: bodies.size };
    for (const { body } of page.items) bodies.add(body);
    all += page.items.length;
    cursor = page.next;
  }
}

async function call<T>(
  server: ServerProcess,
  method: string,
  path: string,
  body?: unknown,
  deviceToken?: string,
): Promise<T> {
  const response = await fetch(new URL(path, server.origin), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(deviceToken === undefined ? {} : { authorization: `Bearer ${deviceToken}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${String(response.status)}`);
  return (await response.json()) as T;
}

function invite(program: string, options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const command = spawn(process.execPath, [program, 'invite', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    command.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    command.once('error', reject);
    command.once('close', (code) => {
      const word = output.trim().split(/\s+/).at(-1);
      if (code === 0 && word !== undefined) resolve(word);
      else reject(new Error('the relay made no pairing code'));
    });
  });
}
