import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openAppLog } from '#main/electron/app-log';
import { redact } from '#wechat/redact';

const folder = mkdtempSync(join(tmpdir(), 'app-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the log', () => {
  it('[SEC-14] holds what happened and none of the secrets that came with it', () => {
    const secret = '0123456789abcdef0123456789abcdef';
    const token = '57_abcdefghijklmnopqrstuvwxyz0123456789';
    const log = openAppLog(folder, redact);
    log.info('app-starts');
    log.warn('call-failed', {
      appid: 'wx0123456789abcdef',
      secret,
      url: `https://api.weixin.qq.com/cgi-bin/user/get?access_token=${token}`,
      error: new Error(`refused with access_token=${token}`),
    });
    log.error('deep', { nested: { list: [{ deviceToken: token }] } });
    const text = readFileSync(join(folder, 'main.log'), 'utf8');
    expect(text.split('\n').filter(Boolean)).toHaveLength(3);
    expect(text).toContain('call-failed');
    expect(text).toContain('wx0123456789abcdef');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(token);
  });

  it.runIf(process.platform !== 'win32')('is for its owner’s eyes only', () => {
    expect(statSync(join(folder, 'main.log')).mode & 0o077).toBe(0);
  });
});
