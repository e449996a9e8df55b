import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canSend } from '#shared/domain/can-send';
import { World, type Desk } from './desk';

let world: World;
let desk: Desk;
let appid: string;
let who: string;
let other: string;

beforeEach(async () => {
  world = await World.create(5);
  desk = world.desk();
  appid = await world.bind(desk);
  await desk.followers.startImport(appid);
  await desk.followers.idle();
  const listed = (await world.control('GET', `/accounts/${appid}/followers?limit=2`))['followers'];
  [who = '', other = ''] = (listed as { openid: string }[]).map(({ openid }) => openid);
});
afterEach(() => world.close());

const act = (openid: string, input: object) =>
  world.control('POST', `/accounts/${appid}/followers/${openid}/act`, { ...input });
const told = async () => {
  await desk.followers.lookUp(appid, who);
  return desk.followers.get(appid, who);
};

describe('changing a person at WeChat', () => {
  it('sets the remark there and here, so that asking WeChat again changes nothing', async () => {
    expect(await desk.people.setRemark({ appid, openid: who, remark: ' 王姐 ' })).toMatchObject({
      remark: '王姐',
    });
    expect(await told()).toMatchObject({ remark: '王姐' });
    const found = await desk.followers.page({
      filter: { appid, text: '王姐', following: 'all', tagId: null, scene: null, windowOpen: null },
      ...{ sort: 'name', offset: 0, limit: 10 },
    });
    expect(found.rows.map(({ openid }) => openid)).toEqual([who]);
  });

  it('refuses a remark of 30 bytes before any call', async () => {
    const refused = desk.people.setRemark({ appid, openid: who, remark: '十个汉字就是三十个字节' });
    await expect(refused).rejects.toMatchObject({ code: 'people/remark-too-long' });
    expect(await world.calls('/cgi-bin/user/info/updateremark')).toEqual([]);
  });

  it('keeps the old remark when WeChat cannot be reached', async () => {
    await desk.people.setRemark({ appid, openid: who, remark: '老客户' });
    await world.fault('/cgi-bin/user/info/updateremark', { drop: 'before' }, 5);
    await expect(desk.people.setRemark({ appid, openid: who, remark: '新名' })).rejects.toMatchObject({
      code: expect.stringMatching(/^network\//) as unknown,
    });
    expect(await desk.followers.get(appid, who)).toMatchObject({ remark: '老客户' });
  });

  it('puts tags on and takes them off, and keeps what was done when a later call fails', async () => {
    const vip = await desk.people.createTag({ appid, name: '春节礼盒' });
    const wholesale = await desk.people.createTag({ appid, name: '批发客' });
    await desk.people.setTags({ appid, openid: who, tagIds: [vip.id, wholesale.id] });
    expect((await told()).tagIds).toEqual([vip.id, wholesale.id]);
    await world.fault('/cgi-bin/tags/members/batchtagging', { errcode: 45009 });
    const third = await desk.people.createTag({ appid, name: '周末常来' });
    await expect(
      desk.people.setTags({ appid, openid: who, tagIds: [wholesale.id, third.id] }),
    ).rejects.toMatchObject({ data: { errcode: 45009 } });
    expect((await desk.followers.get(appid, who)).tagIds).toEqual([wholesale.id]);
    expect((await told()).tagIds).toEqual([wholesale.id]);
  });

  it('[I3] closes the window of someone on the blacklist, offers to unblock, and opens it again', async () => {
    await act(who, { type: 'text', content: '在吗' });
    await desk.pull();
    const verdict = async () =>
      canSend((await desk.conversations.get(appid, who)).window, world.now, await desk.accounts.get(appid));
    await desk.people.setBlocked({ appid, openid: who, blocked: true });
    expect(await verdict()).toMatchObject({
      ok: false,
      reason: 'blocked',
      next: [{ act: 'unblock', obstacle: null }],
    });
    await desk.people.setBlocked({ appid, openid: who, blocked: false });
    expect(await verdict()).toEqual({ ok: true });
    expect((await desk.send(appid, who, '在的')).body).toMatchObject({ status: 'sent' });
  });

  it('shows the same person at another account by the unionid', async () => {
    expect(await desk.people.related({ appid, openid: who })).toEqual([]);
    await desk.db.accounts.save({
      ...(await desk.db.accounts.get(appid))!,
      ...{ appid: 'wx00000000000000aa', name: '分店', colour: 3 },
    });
    const person = {
      ...{ subscribed: true, subscribedAt: 1, remark: '老王', tagIds: [], scene: null, qrScene: null },
      ...{ blocked: false, unionid: 'oUnion1' },
    };
    await desk.db.followers.saveDetails(appid, [{ ...person, openid: who }], world.now);
    await desk.db.followers.saveDetails(
      'wx00000000000000aa',
      [{ ...person, openid: 'oOtherAccount' }],
      world.now,
    );
    expect(await desk.people.related({ appid, openid: who })).toMatchObject([
      { appid: 'wx00000000000000aa', openid: 'oOtherAccount', remark: '老王', following: true },
    ]);
  });
});

describe('workers', () => {
  it('adds one, invites a person and shows what became of the invitation', async () => {
    const { workers } = await desk.kf.desk(appid);
    expect(workers).toMatchObject([
      { nick: '小林', bound: true, online: true },
      { nick: 'Mei', bound: true, online: false },
    ]);
    const added = await desk.kf.add({ appid, prefix: 'kf003', nick: '阿杰' });
    const account = added.workers.find(({ nick }) => nick === '阿杰')?.account ?? '';
    expect(account).toMatch(/^kf003@shop_/);
    await expect(desk.kf.add({ appid, prefix: 'kf003', nick: '二号' })).rejects.toMatchObject({
      code: 'kf/taken',
    });
    await desk.kf.invite({ appid, account, wechatId: 'jie_1990' });
    const one = async () => (await desk.kf.desk(appid)).workers.find((worker) => worker.account === account);
    expect(await one()).toMatchObject({
      bound: false,
      invitation: { wechatId: 'jie_1990', status: 'waiting' },
    });
    await world.control('POST', `/accounts/${appid}/workers`, { account, accepts: true });
    expect(await one()).toMatchObject({ bound: true, invitation: null });
  });

  it('sends replies in the name of the chosen worker, until that worker is removed', async () => {
    await act(who, { type: 'text', content: '在吗' });
    await desk.pull();
    const { workers } = await desk.kf.desk(appid);
    const account = workers[1]?.account ?? '';
    await desk.kf.speakAs({ appid, account });
    await desk.send(appid, who, '我是 Mei');
    expect((await desk.kf.remove({ appid, account })).speakingAs).toBeNull();
    await desk.send(appid, who, '我是店里');
    const shown = await world.received(appid, who);
    expect(shown.map((bubble) => bubble['kfAccount'])).toEqual([account, undefined]);
  });

  it('hands a person to a worker, from one to another, and ends the session', async () => {
    const [first, second] = (await desk.kf.desk(appid)).workers.map(({ account }) => account);
    expect(await desk.kf.session({ appid, openid: who })).toBeNull();
    expect(await desk.kf.assign({ appid, openid: who, account: first ?? '' })).toMatchObject({
      account: first,
    });
    const offline = desk.kf.assign({ appid, openid: other, account: second ?? '' });
    await expect(offline).rejects.toMatchObject({ data: { errcode: 65415 } });
    await world.control('POST', `/accounts/${appid}/workers`, { account: second, online: true });
    expect(await desk.kf.assign({ appid, openid: who, account: second ?? '' })).toMatchObject({
      account: second,
    });
    expect(await desk.kf.assign({ appid, openid: who, account: null })).toBeNull();
  });
});

describe('windows that closed unanswered', () => {
  const DAY = 86_400;
  const missed = (patch: object = {}) =>
    desk.reports.missed({
      ...{ appid: null, from: world.now - 10 * DAY, to: world.now + 1, reason: null, offset: 0, limit: 50 },
      ...patch,
    });

  it('[I18] lists who was lost to time and who to count, by hour and account, and saves the list', async () => {
    const openids = (
      (await world.control('GET', `/accounts/${appid}/followers?limit=5`))['followers'] as {
        openid: string;
      }[]
    ).map(({ openid }) => openid);
    const [late = '', answered = '', cut = '', tapped = ''] = openids;
    const wroteAt = world.now;
    await act(late, { type: 'text', content: '=还有货吗' });
    await act(answered, { type: 'text', content: '几点关门' });
    await act(cut, { type: 'text', content: '怎么安装' });
    await act(tapped, { type: 'click', key: 'TODAY' });
    await desk.pull();
    await desk.send(appid, answered, '九点');
    for (let n = 1; n <= 6; n += 1) await desk.send(appid, cut, `第 ${String(n)} 步`);
    expect(await missed()).toMatchObject({ total: 1, rows: [{ openid: cut, reason: 'count' }], windows: 0 });

    await world.advance(2 * DAY + 60);
    const report = await missed();
    expect(report.rows).toMatchObject([
      { openid: late, reason: 'time', writtenAt: wroteAt, closedAt: wroteAt + 2 * DAY, words: '=还有货吗' },
      { openid: cut, reason: 'count', writtenAt: wroteAt, words: '怎么安装' },
    ]);
    expect(report).toMatchObject({ windows: 3, accounts: [{ appid, time: 1, count: 1, windows: 3 }] });
    expect(report.hours[new Date(wroteAt * 1000).getHours()]).toEqual({ time: 1, count: 1 });
    expect((await missed({ reason: 'count' })).total).toBe(1);
    expect((await missed({ to: wroteAt })).total).toBe(0);

    await desk.reports.exportMissed({ appid, from: wroteAt - DAY, to: world.now, reason: null });
    const [[, csv] = ['', '']] = [...desk.saved];
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain("'=还有货吗");
    expect(lines[1]).toContain('山茶花店');
  });

  it('[I18] counts a customer who wrote again in time once, and an automatic reply as no answer', async () => {
    await act(who, { type: 'text', content: '第一句' });
    await desk.pull();
    await world.advance(DAY);
    await act(who, { type: 'text', content: '第二句' });
    await desk.pull();
    await desk.db.inbox.commit({
      ...{ linkId: null, inbound: [], quarantined: [], cursor: null },
      automatic: [
        {
          ...{
            seq: 1,
            appid,
            openid: who,
            at: world.now + 1,
            dedupeKey: 'a',
            receivedAt: world.now,
            raw: '<xml/>',
          },
          content: { kind: 'text', text: '稍后回复您' },
        },
      ],
    });
    await world.advance(2 * DAY + 60);
    expect(await missed()).toMatchObject({ total: 1, rows: [{ words: '第二句' }], windows: 1 });
    await desk.db.marks.setDone(appid, who, true, world.now);
    expect(await missed()).toMatchObject({ total: 0, windows: 1 });
  });
});
