import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoPorts {
  readonly appid: string;
  readonly sandboxPort: number;
  readonly relayPort: number;
}

/** Where the demo of an installation runs. */
export function demoPorts(userData: string): DemoPorts {
  return JSON.parse(readFileSync(join(userData, 'demo', 'demo.json'), 'utf8')) as DemoPorts;
}

/** The control API of the sandbox that the app itself started. */
export function demoSandbox(userData: string) {
  const origin = `http://127.0.0.1:${demoPorts(userData).sandboxPort}`;
  async function ask<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(new URL(path, origin), {
      method: body ? 'POST' : 'GET',
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`sandbox ${path} answered ${response.status}`);
    return (await response.json()) as T;
  }
  return {
    async openids(appid: string, limit = 20): Promise<string[]> {
      const page = await ask<{ followers: { openid: string }[] }>(
        `/__sandbox/accounts/${appid}/followers?offset=0&limit=${limit}`,
      );
      return page.followers.map(({ openid }) => openid);
    },
    async act(appid: string, openid: string, act: object): Promise<void> {
      await ask(`/__sandbox/accounts/${appid}/followers/${openid}/act`, act);
    },
  };
}
