import { afterEach, describe, expect, it } from 'vitest';
import { pick } from '#shared/localized';
import { findingWords } from '#shared/domain/doctor/words';
import { checkName } from '#shared/domain/doctor/finding';
import { act, openids, until } from '../../../sandbox/harness';
import { Clinic, findingOf, firstLine } from './clinic';

let clinic: Clinic;
afterEach(() => clinic.close());

async function open(times: Parameters<typeof Clinic.open>[0] = {}): Promise<void> {
  clinic = await Clinic.open(times);
  await clinic.bind();
}

/** Any call of every day. */
async function anyCall(): Promise<unknown> {
  const [openid = ''] = await openids(clinic.wechat, clinic.shop, 1);
  return clinic.followers.lookUp(clinic.appid, openid);
}

const now = (): number => Date.now() / 1000;
const finished = () =>
  until(() => clinic.doctor.examinations().some(({ finishedAt }) => finishedAt !== null));

describe('the token detective', () => {
  it('[I14] names another system that forces a new token within one call, which goes through', async () => {
    await open();
    await anyCall();
    const before = now();
    await clinic.another('/cgi-bin/stable_token');

    await anyCall();
    await finished();
    expect(clinic.latest().trigger).toBe('noticed');
    expect(firstLine(clinic.latest())).toEqual({
      ...{ check: 'token', state: 'warning', code: 'doctor/token-replaced' },
    });
    const at = findingOf(clinic.latest(), 'token').times?.['at'] ?? 0;
    expect(Math.abs(at - before)).toBeLessThan(30);
  });

  it('[I14] adds it to the latest examination at once, without asking anybody again', async () => {
    await open();
    await anyCall();
    expect(firstLine(await clinic.examine())).toBeNull();
    await clinic.another('/cgi-bin/stable_token');
    const asked = (await clinic.calls('/cgi-bin/openapi/quota/get')).length;

    await anyCall();
    expect(firstLine(clinic.latest())?.code).toBe('doctor/token-replaced');
    expect((await clinic.calls('/cgi-bin/openapi/quota/get')).length).toBe(asked);
  });

  it('[I14] notices it in an examination, before any call failed', async () => {
    await open();
    await anyCall();
    await clinic.another('/cgi-bin/stable_token');
    expect(firstLine(await clinic.examine())?.code).toBe('doctor/token-replaced');
  });

  it('[I14] calls it a fight when it happens again and again', async () => {
    await open();
    await anyCall();
    for (let time = 0; time < 3; time += 1) {
      await clinic.control('/clock', { advance: 31 });
      await clinic.another('/cgi-bin/stable_token');
      await anyCall();
    }
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({
      ...{ check: 'token', state: 'failed', code: 'doctor/token-fought-over' },
    });
    expect(findingOf(examination, 'token').params).toEqual({ count: 3 });
  });

  it('[I14] names a system that takes classic tokens, and that it disturbs nobody', async () => {
    await open();
    await anyCall();
    await clinic.another('/cgi-bin/token');
    await clinic.another('/cgi-bin/token');
    await anyCall();
    const examination = await clinic.examine();
    expect(firstLine(examination)).toBeNull();
    const found = findingOf(examination, 'token');
    expect([found.state, found.code, found.params]).toEqual(['ok', 'doctor/token-shared', { count: 2 }]);
  });

  it('[I14] takes nobody for an intruder who asks for the stable token as we do', async () => {
    await open();
    await anyCall();
    await clinic.another('/cgi-bin/stable_token', false);
    await anyCall();
    expect(findingOf(await clinic.examine(), 'token').code).toBe('doctor/token-ok');
  });

  it('[I14] tells a reset AppSecret from a forced token', async () => {
    await open();
    await anyCall();
    await clinic.control(`/accounts/${clinic.appid}/secret`, {});
    await expect(anyCall()).rejects.toMatchObject({ code: 'wechat/40125' });
    await finished();
    expect(firstLine(clinic.latest())?.code).toBe('doctor/secret-reset');
  });
});

describe('examinations that nobody asked for', () => {
  it('begin when a call fails, at most once in a while', async () => {
    await open();
    await clinic.control(`/accounts/${clinic.appid}/whitelist`, { ipWhitelist: ['203.0.113.7'] });
    await expect(anyCall()).rejects.toMatchObject({ code: 'wechat/40164' });
    await finished();
    expect(clinic.latest().trigger).toBe('noticed');
    expect(firstLine(clinic.latest())?.code).toBe('doctor/whitelist-missing');
    const { startedAt } = clinic.latest();

    await expect(anyCall()).rejects.toMatchObject({ code: 'wechat/40164' });
    await clinic.doctor.idle();
    expect(clinic.latest().startedAt).toBe(startedAt);
  });

  it('look again after a failure, so that a repair is seen', async () => {
    await open({ restMs: 50 });
    await clinic.control(`/accounts/${clinic.appid}/whitelist`, { ipWhitelist: ['203.0.113.7'] });
    expect(firstLine(await clinic.examine())?.code).toBe('doctor/whitelist-missing');
    await clinic.control(`/accounts/${clinic.appid}/whitelist`, { ipWhitelist: ['127.0.0.1'] });
    await until(() => clinic.latest().finishedAt !== null && firstLine(clinic.latest()) === null);
    expect(clinic.latest().trigger).toBe('noticed');
  });

  it('do not begin for what concerns one message only', async () => {
    await open();
    await clinic.control('/faults', { path: '/cgi-bin/user/info', errcode: 40003, times: 1 });
    await expect(anyCall()).rejects.toMatchObject({ code: 'wechat/40003' });
    await clinic.doctor.idle();
    expect(clinic.doctor.examinations()).toEqual([]);
  });

  it('begin when the relay stays away, and again when it is back', async () => {
    await open({ offlineMs: 30 });
    const [link] = await clinic.accounts.links();
    if (!link) throw new Error('no link');
    const report = (state: 'connected' | 'offline') => {
      clinic.accounts.setConnection(link.id, { state, error: null, lastSeenAt: null });
      clinic.doctor.connectionsChanged();
    };
    report('connected');
    report('offline');
    await finished();
    const first = clinic.latest().startedAt;
    expect(clinic.latest().trigger).toBe('noticed');

    report('connected');
    await until(() => clinic.latest().startedAt > first && clinic.latest().finishedAt !== null);
  });

  it('do not begin when the relay is away for a moment only', async () => {
    await open({ offlineMs: 200 });
    const [link] = await clinic.accounts.links();
    if (!link) throw new Error('no link');
    for (const state of ['offline', 'connected'] as const) {
      clinic.accounts.setConnection(link.id, { state, error: null, lastSeenAt: null });
      clinic.doctor.connectionsChanged();
    }
    const began = performance.now();
    while (performance.now() - began < 400) await clinic.examine();
    const triggers = clinic.published.flatMap(({ payload }) =>
      'trigger' in payload ? [payload.trigger] : [],
    );
    expect(new Set(triggers)).toEqual(new Set(['asked']));
  });
});

describe('an examination under way', () => {
  it('is joined by who asks for another one', async () => {
    await open();
    const [one, other] = await Promise.all([
      clinic.doctor.examine(clinic.appid),
      clinic.doctor.examine(clinic.appid),
    ]);
    await clinic.doctor.idle();
    expect(other.startedAt).toBe(one.startedAt);
    expect((await clinic.calls('/cgi-bin/callback/check')).length).toBe(1);
  });

  it('can be cancelled: what was found stays, and the rest says so', async () => {
    await open();
    await clinic.control('/faults', { path: '/cgi-bin/callback/check', delayMs: 10_000, times: 1 });
    await clinic.doctor.examine(clinic.appid);
    await until(() => clinic.latest().current === 'callback');
    await clinic.doctor.cancel(clinic.appid);
    const { findings, cancelled, finishedAt } = clinic.latest();
    expect({ cancelled, finished: finishedAt !== null }).toEqual({ cancelled: true, finished: true });
    expect(findings.slice(0, 3).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
    expect(new Set(findings.slice(3).map(({ code }) => code))).toEqual(new Set(['doctor/cancelled']));
  });

  it('goes on when one check takes too long', async () => {
    await open({ checkMs: 1_500 });
    await clinic.control('/faults', { path: '/cgi-bin/callback/check', delayMs: 10_000, times: 1 });
    const examination = await clinic.examine();
    expect(findingOf(examination, 'callback').code).toBe('doctor/not-finished');
    expect(findingOf(examination, 'quota').state).toBe('ok');
  });

  it('is refused for an account that is not here', async () => {
    await open();
    await expect(clinic.doctor.examine('wx0000000000000000')).rejects.toMatchObject({
      code: 'account/not-found',
    });
  });
});

describe('what the page is told', () => {
  it('holds no secret, even when WeChat should repeat one', async () => {
    await open();
    const { secret } = clinic.shop;
    await clinic.control('/faults', {
      ...{ path: '/cgi-bin/stable_token', errcode: 40013, times: 1 },
      errmsg: `invalid appid secret=${secret}`,
    });
    const examination = await clinic.examine();
    expect(findingOf(examination, 'token').code).toBe('wechat/40013');
    expect(JSON.stringify([examination, clinic.published])).not.toContain(secret);
  });
});

describe('the report', () => {
  it('says every finding, and holds no secret, no openid, no full AppID and no callback key', async () => {
    await open();
    const [openid = ''] = await openids(clinic.wechat, clinic.shop, 1);
    await act(clinic.wechat, clinic.shop, openid, { type: 'text', content: '在吗' });
    await clinic.pull();
    await clinic.control('/faults', {
      ...{ path: '/cgi-bin/tags/get', errcode: 61007, times: 1 },
      errmsg: `api is unauthorized ${openid} ${clinic.appid}`,
    });
    const examination = await clinic.examine();
    for (const locale of ['zh-CN', 'en'] as const) {
      const text = await clinic.doctor.report(clinic.appid, locale);
      for (const finding of examination.findings) {
        expect(text).toContain(pick(checkName(finding.check), locale));
        expect(text).toContain(findingWords(finding, { locale }).title);
      }
      expect(text).toContain('errcode 61007');
      const account = await clinic.accounts.get(clinic.appid);
      for (const hidden of [
        ...[clinic.shop.secret, openid, clinic.appid, account.callbackUrl ?? '', account.originalId ?? ''],
        await clinic.accounts.serverSetting(clinic.appid, 'token'),
        await clinic.accounts.serverSetting(clinic.appid, 'aes-key'),
      ])
        expect(text).not.toContain(hidden);
    }
  });

  it('is refused before the first examination', async () => {
    await open();
    await expect(clinic.doctor.report(clinic.appid, 'en')).rejects.toMatchObject({
      code: 'doctor/no-examination',
    });
  });
});
