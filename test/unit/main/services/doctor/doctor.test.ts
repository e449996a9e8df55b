import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECK_IDS } from '#shared/domain/doctor/finding';
import { PERMISSION_SETS, REQUESTED_SETS } from '#shared/domain/permission-sets';
import { Clinic, findingOf, firstLine } from './clinic';

let clinic: Clinic;

beforeEach(async () => {
  clinic = await Clinic.open();
  await clinic.bind();
});
afterEach(() => clinic.close());

describe('a healthy account', () => {
  it('passes all ten checks in their order, each told as it finishes', async () => {
    await clinic.hears({ type: 'text', content: '在吗' });
    const { findings, trigger, cancelled, finishedAt } = await clinic.examine();

    expect(findings.map(({ check }) => check)).toEqual(CHECK_IDS);
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual(
      CHECK_IDS.map((check) => `${check} ${check === 'permissions' ? 'not-applicable' : 'ok'}`),
    );
    expect({ trigger, cancelled, finished: finishedAt !== null }).toEqual({
      ...{ trigger: 'asked', cancelled: false, finished: true },
    });
    const told = clinic.published.flatMap(({ topic, payload }) =>
      topic === 'doctor.changed' && 'findings' in payload ? [payload.findings.length] : [],
    );
    for (let count = 0; count <= CHECK_IDS.length; count += 1) expect(told).toContain(count);
  });

  it('says when the last message came and how many calls each API has left', async () => {
    await clinic.hears({ type: 'text', content: '在吗' });
    const examination = await clinic.examine();
    expect(findingOf(examination, 'callback').code).toBe('doctor/callback-ok');
    expect(findingOf(examination, 'callback').times?.['at']).toBeGreaterThan(1_700_000_000);
    expect(findingOf(examination, 'quota').details.map(({ label }) => label.en)).toContain(
      'Customer-service messages',
    );
  });

  it('is not disturbed: the token in use stays the same', async () => {
    await clinic.examine();
    await clinic.examine();
    await clinic.followers.startImport(clinic.appid);
    await clinic.followers.idle(clinic.appid);
    expect((await clinic.followers.importState(clinic.appid)).phase).toBe('done');
    expect(clinic.latest().findings.find(({ check }) => check === 'token')?.code).toBe('doctor/token-ok');
  });
});

describe('the first line', () => {
  it('[I7] names a clock that is wrong', async () => {
    clinic.machineSkew = -2 * 3600;
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({ check: 'clock', state: 'failed', code: 'doctor/clock-wrong' });
    expect(findingOf(examination, 'clock').terms?.['by']).toEqual({ zh: '2 小时', en: '2 hours' });

    clinic.machineSkew = 300;
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'clock', state: 'warning', code: 'doctor/clock-off' },
    });
  });

  it('[I7] names a relay whose clock makes it refuse what WeChat sends', async () => {
    clinic.front.skew = 3600;
    expect(firstLine(await clinic.examine())?.code).toBe('doctor/relay-clock-wrong');
  });

  it('[I7] names the address that is missing on the whitelist, ready to copy', async () => {
    await clinic.control(`/accounts/${clinic.appid}/whitelist`, { ipWhitelist: ['203.0.113.7'] });
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({
      ...{ check: 'whitelist', state: 'failed', code: 'doctor/whitelist-missing' },
    });
    const found = findingOf(examination, 'whitelist');
    expect(found.params).toEqual({ ip: '127.0.0.1' });
    expect(found.remedies).toContainEqual({ kind: 'copy', value: '127.0.0.1' });
    expect(found.error?.errcode).toBe(40164);
    expect(found.error?.rid).toMatch(/^[0-9a-f]{8}-/);
    expect(findingOf(examination, 'token').code).toBe('doctor/blocked');
    // Not the token, which waits for the same.
    expect(findingOf(examination, 'quota')).toMatchObject({ code: 'doctor/blocked', blockedBy: 'whitelist' });
    expect(findingOf(examination, 'aes').state).toBe('ok');

    await clinic.control(`/accounts/${clinic.appid}/whitelist`, { ipWhitelist: ['127.0.0.1'] });
    expect(firstLine(await clinic.examine())).toBeNull();
  });

  it.each([
    [89503, 'whitelist', 'wechat/89503'],
    [61004, 'whitelist', 'doctor/platform-whitelist'],
    [40013, 'token', 'wechat/40013'],
    [50004, 'token', 'wechat/50004'],
    [45009, 'token', 'wechat/45009'],
  ])('[I7] names what WeChat refuses a token for: %i', async (errcode, check, code) => {
    await clinic.control('/faults', { path: '/cgi-bin/stable_token', errcode, errmsg: 'refused', times: 5 });
    expect(firstLine(await clinic.examine())).toEqual({ check, state: 'failed', code });
  });

  it('[I7] names an AppSecret that was reset', async () => {
    await clinic.control(`/accounts/${clinic.appid}/secret`, {});
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'token', state: 'failed', code: 'doctor/secret-reset' },
    });
  });

  it.each([
    ['secretFrozen', 'wechat/40243'],
    ['frozen', 'wechat/50007'],
  ])('[I7] names what was frozen: %s', async (standing, code) => {
    await clinic.control(`/accounts/${clinic.appid}/standing`, { [standing]: true });
    expect(firstLine(await clinic.examine())).toEqual({ check: 'token', state: 'failed', code });
  });

  it('[I7] names a callback address that WeChat does not have', async () => {
    await clinic.dropServer();
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({
      ...{ check: 'callback', state: 'failed', code: 'doctor/callback-unset' },
    });
    expect(findingOf(examination, 'callback').remedies.slice(0, 3)).toEqual([
      { kind: 'copy-setting', setting: 'url' },
      { kind: 'copy-setting', setting: 'token' },
      { kind: 'copy-setting', setting: 'aes-key' },
    ]);
  });

  it('[I7] names a relay that has forgotten the account, or is away', async () => {
    const [link] = await clinic.accounts.links();
    if (!link) throw new Error('no link');
    await clinic.relay.removeAccount(link, clinic.appid);
    expect(firstLine(await clinic.examine())?.code).toBe('doctor/callback-not-registered');
    await clinic.accounts.reconnect(clinic.appid);
    await clinic.configure();
    expect(firstLine(await clinic.examine())).toBeNull();

    await clinic.closeRelay();
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({
      ...{ check: 'callback', state: 'failed', code: 'relay/unreachable' },
    });
    expect(findingOf(examination, 'token').state).toBe('ok');
  });

  it('[I7] names a message key that WeChat does not share', async () => {
    await clinic.configure(clinic.shop, { encodingAESKey: 'z'.repeat(42) + 'Y' });
    await clinic.hears({ type: 'text', content: '在吗' });
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({ check: 'aes', state: 'failed', code: 'doctor/aes-wrong-key' });
    expect(findingOf(examination, 'aes').params).toEqual({ count: 1 });
  });

  it('[I7] names pushes that come unencrypted', async () => {
    await clinic.configure(clinic.shop, { mode: 'plain' });
    await clinic.hears({ type: 'text', content: '在吗' });
    expect(firstLine(await clinic.examine())).toMatchObject({ check: 'aes', code: 'doctor/aes-plain' });
  });

  it('[I7][S2.13] names the permission sets that were not granted', async () => {
    await clinic.db.accounts.update(clinic.appid, { door: 'scan' });
    const grant = (sets: readonly number[]) =>
      clinic.front.answers.set(`/v1/accounts/${clinic.appid}/profile`, { info: {}, permissionSets: sets });
    grant(PERMISSION_SETS.map(({ id }) => id));
    expect(firstLine(await clinic.examine())).toBeNull();

    grant(REQUESTED_SETS.filter((id) => id !== 1));
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({
      ...{ check: 'permissions', state: 'failed', code: 'doctor/permissions-missing' },
    });
    expect(findingOf(examination, 'permissions').terms?.['sets']).toEqual({ zh: '消息管理', en: 'Messages' });
  });

  it('[I7][S2.19] names exclusive sets that another platform holds', async () => {
    await clinic.db.accounts.update(clinic.appid, { door: 'scan' });
    clinic.front.answers.set(`/v1/accounts/${clinic.appid}/profile`, {
      info: {},
      permissionSets: REQUESTED_SETS.filter((id) => id !== 4),
    });
    expect(findingOf(await clinic.examine(), 'exclusivity')).toMatchObject({
      ...{ state: 'warning', code: 'doctor/exclusive-lost' },
      terms: { sets: { zh: '网页服务', en: 'Web service' } },
    });
  });

  it('[I7] names another server that took the messages of a manually connected account', async () => {
    const other = await someServer('127.0.0.2');
    try {
      await clinic.configure(clinic.shop, { url: other.url });
      const examination = await clinic.examine();
      expect(firstLine(examination)).toEqual({
        ...{ check: 'exclusivity', state: 'failed', code: 'doctor/other-server' },
      });
      expect(findingOf(examination, 'exclusivity').params).toEqual({
        theirs: '127.0.0.2',
        ours: '127.0.0.1',
      });
    } finally {
      await other.close();
    }
  });

  it('[I7][S1.8] names a verification that has lapsed', async () => {
    await clinic.control(`/accounts/${clinic.appid}/standing`, { verified: false });
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'verification', state: 'failed', code: 'doctor/verification-lapsed' },
    });
  });

  it('[I7][S1.8] takes 61016 for a verification that is missing or over', async () => {
    await clinic.control('/faults', {
      ...{ path: '/cgi-bin/tags/get', errcode: 61016, times: 1 },
      errmsg: 'function category of API need be confirmed by component',
    });
    const found = findingOf(await clinic.examine(), 'verification');
    expect(found.code).toBe('doctor/verification-lapsed');
    expect(found.error?.errcode).toBe(61016);
  });

  it('[I7][S1.11] names a verification that ends or has ended as soon as WeChat says so', async () => {
    const at = Math.floor(Date.now() / 1000);
    await clinic.hears({ type: 'annual_renew', expiredTime: at + 9 * 86_400 });
    const soon = findingOf(await clinic.examine(), 'verification');
    expect(soon.state).toBe('warning');
    expect(soon.code).toBe('doctor/verification-ends');
    expect(soon.params).toEqual({ days: 9 });

    await clinic.hears({ type: 'verify_expired', expiredTime: at - 60 });
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'verification', state: 'warning', code: 'doctor/verification-over' },
    });
    await clinic.control(`/accounts/${clinic.appid}/standing`, { verified: false });
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'verification', state: 'failed', code: 'doctor/verification-expired' },
    });
  });

  it('[I7] names the API whose quota is used up', async () => {
    const path = '/cgi-bin/message/custom/send';
    await clinic.control(`/accounts/${clinic.appid}/quota`, { path, dailyLimit: 0 });
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({ check: 'quota', state: 'failed', code: 'doctor/quota-used' });
    expect(findingOf(examination, 'quota').terms?.['api']?.en).toBe('Customer-service messages');
  });

  it('[I7] names a missing template category', async () => {
    await clinic.control(`/accounts/${clinic.appid}/standing`, { noIndustry: true });
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'category', state: 'warning', code: 'doctor/category-none' },
    });
  });
});

describe('without a network', () => {
  it('says so, and examines what is on this computer', async () => {
    await clinic.network.cut();
    await clinic.closeRelay();
    const examination = await clinic.examine();
    expect(firstLine(examination)).toEqual({ check: 'clock', state: 'unknown', code: 'doctor/offline' });
    const offline = examination.findings.filter(({ code }) => code === 'doctor/offline');
    expect(offline.map(({ check }) => check)).toEqual(['clock', 'whitelist', 'token', 'callback']);
    expect(findingOf(examination, 'aes').state).toBe('ok');
  });

  it('still names a missing key, which is a matter of this computer', async () => {
    await clinic.network.cut();
    await clinic.closeRelay();
    await clinic.secrets.delete({ kind: 'encoding-aes-key', appid: clinic.appid });
    expect(firstLine(await clinic.examine())).toEqual({
      ...{ check: 'aes', state: 'failed', code: 'account/secret-missing' },
    });
  });
});

describe('a disconnected account', () => {
  it('is named as such', async () => {
    await clinic.accounts.disconnect(clinic.appid);
    expect(firstLine(await clinic.examine())).toMatchObject({ check: 'token', code: 'account/frozen' });
  });
});

/** A server at another address that proves itself to WeChat's console. */
async function someServer(host: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    response.end(new URL(request.url ?? '/', 'http://localhost').searchParams.get('echostr') ?? 'success');
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${String((server.address() as AddressInfo).port)}/callback`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
