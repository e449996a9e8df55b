import { beforeEach, describe, expect, it } from 'vitest';
import { finding, type Finding } from '#shared/domain/doctor/finding';
import type { Examination } from '#shared/ipc/doctor-models';
import {
  applyExamination,
  followDoctor,
  troubleOf,
  useDoctor,
} from '../../../../../src/renderer/app/doctor-store';
import { useNavigation } from '../../../../../src/renderer/app/navigation';
import { verdictOf } from '../../../../../src/renderer/features/doctor/verdict';
import { installBridge } from '../../support/memory-bridge';
import { APPID, OTHER_APPID } from '../../support/samples';

type Found = Examination['findings'][number];
const list = (...findings: Finding[]): Found[] =>
  findings.map((one) => ({ ...one, details: [...one.details], remedies: [...one.remedies] }));

const missing = finding('whitelist', 'failed', 'doctor/whitelist-missing', { params: { ip: '203.0.113.9' } });
const right = finding('clock', 'ok', 'doctor/clock-ok');
const unverified = finding('verification', 'warning', 'doctor/unverified');
const offline = finding('clock', 'unknown', 'doctor/offline');

function examination(patch: Partial<Examination> = {}): Examination {
  return {
    ...{ appid: APPID, trigger: 'asked', startedAt: 100, finishedAt: 110, cancelled: false, current: null },
    findings: list(right),
    ...patch,
  };
}

beforeEach(() => {
  useDoctor.setState(useDoctor.getInitialState(), true);
  useNavigation.setState(useNavigation.getInitialState(), true);
});

describe('the verdict', () => {
  it('counts while it runs, and names the check under way', () => {
    expect(verdictOf(examination({ finishedAt: null, current: 'token' }))).toEqual({
      ...{ kind: 'running', done: 1, current: 'token' },
    });
  });

  it('is the first cause, or that all is well', () => {
    expect(verdictOf(examination({ findings: list(right, missing) }))).toMatchObject({
      ...{ kind: 'failed', cause: { code: 'doctor/whitelist-missing' } },
    });
    expect(verdictOf(examination({ findings: list(right, unverified) })).kind).toBe('warning');
    expect(verdictOf(examination()).kind).toBe('well');
  });

  it('says that there is no network, and that one check has no result', () => {
    expect(verdictOf(examination({ findings: list(offline) })).kind).toBe('offline');
    const unfinished = finding('quota', 'unknown', 'doctor/not-finished');
    expect(verdictOf(examination({ findings: list(right, unfinished) })).kind).toBe('unclear');
  });

  it('of a cancelled examination is how far it came, unless it found a fault', () => {
    const rest = finding('quota', 'unknown', 'doctor/cancelled');
    const cancelled = (...found: Finding[]) =>
      examination({ cancelled: true, findings: list(...found, rest) });
    expect(verdictOf(cancelled(right))).toEqual({ kind: 'cancelled', done: 1 });
    expect(verdictOf(cancelled(missing)).kind).toBe('failed');
  });
});

describe('an account’s row', () => {
  it('tells faults and warnings, but not what it says anyway', () => {
    expect(troubleOf(undefined)).toBeNull();
    expect(troubleOf(examination({ findings: list(missing) }))?.code).toBe('doctor/whitelist-missing');
    expect(troubleOf(examination({ findings: list(unverified) }))).toBeNull();
    expect(troubleOf(examination({ findings: list(offline) }))).toBeNull();
  });

  it('keeps what was found last while the next examination is under way or was cancelled', () => {
    const failed = examination({ findings: list(missing) });
    applyExamination(failed);
    applyExamination(examination({ startedAt: 200, finishedAt: null, findings: [] }));
    expect(useDoctor.getState().settled[APPID]).toEqual(failed);
    applyExamination(examination({ startedAt: 200, finishedAt: 210, cancelled: true }));
    expect(useDoctor.getState().settled[APPID]).toEqual(failed);
    applyExamination(examination({ startedAt: 300, finishedAt: 310 }));
    expect(troubleOf(useDoctor.getState().settled[APPID])).toBeNull();
  });

  it('knows what was found before the page was opened, unless something newer came', async () => {
    const newer = examination({ startedAt: 500 });
    const main = installBridge({
      'doctor.examinations': () => [examination(), examination({ appid: OTHER_APPID })],
    });
    const dispose = followDoctor();
    main.emit('doctor.changed', newer);
    await Promise.resolve();
    await new Promise(setImmediate);
    expect(useDoctor.getState().latest).toEqual({
      [APPID]: newer,
      [OTHER_APPID]: examination({ appid: OTHER_APPID }),
    });
    dispose();
    expect(main.listeners('doctor.changed')).toBe(0);
  });
});

describe('the way to the doctor', () => {
  const now = () => useNavigation.getState();

  it('leads from anywhere, and back to the accounts', () => {
    now().openDoctor(APPID);
    expect(now()).toMatchObject({ screen: 'accounts', examining: APPID });
    now().closeDoctor();
    expect(now()).toMatchObject({ screen: 'accounts', examining: null });
  });

  it('[S2.31] follows the account switcher, and stays with its account when all are shown', () => {
    now().openDoctor(APPID);
    now().selectAccount(OTHER_APPID);
    expect(now().examining).toBe(OTHER_APPID);
    now().selectAccount(null);
    expect(now().examining).toBe(OTHER_APPID);
    now().go('inbox');
    now().selectAccount(APPID);
    expect(now().examining).toBeNull();
  });

  it('leads on to the help that belongs to a finding', () => {
    now().openDoctor(APPID);
    now().openHelp('ip-whitelist');
    expect(now()).toMatchObject({ screen: 'help', examining: null, helpArticle: 'ip-whitelist' });
  });
});
