import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ACCOUNT } from './account';
import type { Pin } from './cores';
import { ROOT, ServerProcess } from './server-process';

/** The relay as it is shipped: what the build leaves in `out/main`. */
export const RELAY = join(ROOT, 'out', 'main', 'relay.js');

export interface RelayUnderTest {
  readonly server: ServerProcess;
  /** Paths of the callback addresses of an account that the relay cannot open, and of one that it opens. */
  readonly sealedPath: string;
  readonly assistedPath: string;
  readonly deviceToken: string;
}

/** Starts a relay, pairs a device by a code from its own command line, and binds the accounts. `options` say where it stores. */
export async function startRelay(
  pin: Pin,
  program: string,
  options: readonly string[],
): Promise<RelayUnderTest> {
  const server = await ServerProcess.start(pin, [program, '--port', '0', ...options]);
  const { token, encodingAESKey, appid } = ACCOUNT;
  const code = await invite(program, options);
  const { deviceToken } = await call<{ deviceToken: string }>(server, 'POST', '/v1/pair', {
    code,
    name: 'bench',
  });
  const bind = async (id: string, account: Readonly<Record<string, string>>): Promise<string> => {
    const bound = await call<{ callbackUrl: string }>(
      server,
      'PUT',
      `/v1/accounts/${id}`,
      account,
      deviceToken,
    );
    return new URL(bound.callbackUrl).pathname;
  };
  return {
    server,
    sealedPath: await bind(`${appid}sealed`, { mode: 'sealed', token }),
    assistedPath: await bind(appid, { mode: 'assisted', token, encodingAESKey }),
    deviceToken,
  };
}

/** How many messages the feed holds, and how many different ones. */
export async function countStored({
  server,
  deviceToken,
}: RelayUnderTest): Promise<{ readonly all: number; readonly distinct: number }> {
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
