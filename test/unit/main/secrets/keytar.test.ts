import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROBE = fileURLToPath(new URL('./keytar-probe.mjs', import.meta.url));

it.runIf(process.platform === 'linux')(
  'says which keychain is missing instead of keeping secrets elsewhere',
  async () => {
    const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
    const { stdout } = await promisify(execFile)(process.execPath, [PROBE], { env });

    expect(JSON.parse(stdout)).toEqual({
      name: 'AppError',
      data: { code: 'keychain/unavailable', params: { backend: 'Secret Service (libsecret)' } },
    });
  },
);
