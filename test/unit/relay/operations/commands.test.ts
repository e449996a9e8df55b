import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceClient, postJson, temporaryFolder } from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const running: RelayProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((relay) => relay.kill('SIGKILL')));
  folder.dispose();
});

const run = async (
  ...args: readonly string[]
): Promise<{ code: number | null; output: string; errors: string }> => {
  const command = RelayProcess.run(args);
  const { code } = await command.exit;
  return { code, output: command.output, errors: command.errors };
};

async function pair(origin: string, name: string, ...more: readonly string[]): Promise<DeviceClient> {
  const response = await postJson(`${origin}/v1/pair`, { code: await inviteCode(data, ...more), name });
  return new DeviceClient(() => origin, ((await response.json()) as { deviceToken: string }).deviceToken);
}

describe('the commands beside a running relay', { timeout: 60_000 }, () => {
  it('list the computers of every workspace or of one, and lock one out', async () => {
    const relay = await RelayProcess.serve(['--port', '0', '--data', data]);
    running.push(relay);
    expect((await run('devices', '--data', data)).output).toContain('No computer is paired');
    const first = await pair(relay.origin, '前台\u001b[2J');
    const second = await pair(relay.origin, '仓库', '--workspace', '二号店');

    const { output } = await run('devices', '--data', data);
    expect(output.split('\n')).toHaveLength(4);
    expect(output).toContain('仓库');
    expect(output).not.toContain('\u001b');

    const named = await run('devices', '--data', data, '--workspace', '二号店', '--json');
    const { devices } = JSON.parse(named.output) as {
      devices: { id: string; name: string; workspace: string; unread: number }[];
    };
    expect(devices).toMatchObject([{ name: '仓库', workspace: '二号店', unread: 0 }]);
    expect(await run('devices', '--data', data, '--workspace', '三号店')).toMatchObject({ code: 2 });

    const id = devices[0]?.id ?? '';
    expect(await run('devices', 'revoke', id, '--data', data)).toMatchObject({ code: 0 });
    expect((await second.request('GET', '/v1/feed')).status).toBe(401);
    expect((await first.request('GET', '/v1/feed')).status).toBe(200);
    const again = await run('devices', 'revoke', id, '--data', data);
    expect(again.code).toBe(1);
    expect(again.errors).toContain('relay/unknown-device');
  });

  it('answer a mistake with one sentence, the help and the exit code 2', async () => {
    const { code, output, errors } = await run('dance');
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toMatch(/^There is no command "dance"\.\n/);
    expect(errors).toContain('Usage:');
    expect((await run('help')).output).toContain('Usage:');
  });

  it('refuse what this relay has no part for, rather than leave it out', async () => {
    const { code, errors } = await run('--port', '0', '--data', data, '--tls-cert', 'c', '--tls-key', 'k');
    expect(code).toBe(2);
    expect(errors).toContain('--tls-cert');
  });
});
