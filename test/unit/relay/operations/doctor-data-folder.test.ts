import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { examine } from '#relay/operations/doctor/examine';
import { statusOf } from '#relay/operations/doctor/finding';
import type { DoctorOptions } from '#relay/operations/options';
import { SealedBox } from '#relay/secrets/sealed-box';
import { beginRotation } from '#relay/state/key-check';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { until } from '../support/relay-harness';
import { RelayProcess } from '../support/relay-process';
import {
  check,
  closers,
  data,
  ENVIRONMENT,
  folder,
  limitsFor,
  optionsFor,
  relay,
  useDoctorBench,
} from './support/doctor-bench';

useDoctorBench();

describe('doctor, asked about a data folder', { timeout: 60_000 }, () => {
  let own: string;

  const fresh = async (parent = folder.path): Promise<string> => {
    own = join(mkdtempSync(join(parent, 'doctor-')), 'data');
    const process = await RelayProcess.serve(['--port', '0', '--data', own]);
    await process.kill('SIGTERM');
    return own;
  };
  const look = async (environment: Partial<typeof ENVIRONMENT> = {}, more: Partial<DoctorOptions> = {}) =>
    check({ dataDir: own, ...more }, {}, environment);

  it('knows one that others can read, and one that is none', async () => {
    await fresh();
    chmodSync(own, 0o755);
    chmodSync(join(own, 'relay.db'), 0o644);
    expect((await look())['folder']).toMatchObject({ code: 'folder/open', status: 'fail' });
    own = join(folder.path, 'nowhere');
    expect((await look())['folder']?.code).toBe('folder/missing');
    expect(existsSync(own)).toBe(false);
  });

  it('knows a master key that is open, broken, missing, wrong or being changed', async () => {
    await fresh();
    const file = join(own, 'master.key');
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    expect((await look())['key']?.code).toBe('key/ok');
    expect((await look({ masterKey: 'ab'.repeat(32) }))['key']?.code).toBe('key/wrong');
    expect((await look({ masterKey: 'short' }))['key']?.code).toBe('key/bad');
    expect((await look({}, { keyFile: join(own, 'none.key') }))['key']?.code).toBe('key/unreadable');
    const store = await SqliteStore.open(own);
    await beginRotation(store, new SealedBox(key), new SealedBox(Buffer.alloc(32, 9)));
    await store.close();
    expect((await look())['key']).toMatchObject({ code: 'key/rotating', status: 'warn' });
    chmodSync(file, 0o644);
    expect((await look())['key']?.code).toBe('key/open');
    rmSync(file);
    expect((await look())['key']?.code).toBe('key/none');
    expect(existsSync(file)).toBe(false);
  });

  it('knows a database that is damaged or of another version, and changes neither', async () => {
    await fresh();
    const file = join(own, 'relay.db');
    const db = new Database(file);
    db.exec('PRAGMA user_version = 1');
    db.close();
    expect((await look())['store']).toMatchObject({ code: 'store/other-version', status: 'warn' });
    const bytes = Buffer.alloc(40_960, 'not a database');
    writeFileSync(file, bytes);
    expect((await look())['store']).toMatchObject({ code: 'store/damaged', status: 'fail' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('knows a disk that is nearly full', async () => {
    expect((await check({ dataDir: data }, { diskWarnBytes: 2 ** 60 }))['disk']).toMatchObject({
      code: 'disk/low',
    });
    expect((await check({ dataDir: data }, { diskFailBytes: 2 ** 60 }))['disk']).toMatchObject({
      code: 'disk/full',
    });
  });

  it.runIf(process.platform === 'linux' && existsSync('/dev/shm'))('knows a folder in memory', async () => {
    await fresh('/dev/shm');
    closers.push(() => {
      rmSync(join(own, '..'), { recursive: true });
    });
    expect((await look())['store']).toMatchObject({ code: 'store/volatile', status: 'fail' });
  });

  it('waits for a relay that writes, and does not disturb it', async () => {
    const statuses: string[] = [];
    await until(async () => {
      statuses.push((await fetch(`${relay.origin}/healthz`)).ok ? 'ok' : 'failing');
      return statuses.length > 3;
    });
    const findings = await examine(optionsFor({ dataDir: data }), ENVIRONMENT, limitsFor());
    expect(findings.map(statusOf)).not.toContain('fail');
    expect(statuses).not.toContain('failing');
  });
});
