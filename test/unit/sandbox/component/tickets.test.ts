import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchComponentToken, startPushTicket } from '#wechat/api/component';
import { advance, getJson, START, startSandbox, until, type Json, type Running } from '../harness';
import { callOf, COMPONENT, control, OF_COMPONENT, register, startPlatform, type Platform } from './platform';

let running: Running;
let platform: Platform;
beforeEach(async () => {
  running = await startSandbox({ push: { deadlineMs: 2_000, gapMs: 20, attempts: 3 } });
  platform = await startPlatform();
});
afterEach(async () => {
  await running.close();
  await platform.close();
});

const seen = (count: number): Promise<void> => until(() => platform.events.length >= count);
const withTicket = (ticket: string): Promise<unknown> =>
  fetchComponentToken(callOf(running), {
    componentAppid: COMPONENT.componentAppid,
    componentSecret: COMPONENT.secret,
    ticket,
  });
const start = (): Promise<void> =>
  startPushTicket(callOf(running), {
    componentAppid: COMPONENT.componentAppid,
    componentSecret: COMPONENT.secret,
  });

describe('verify tickets', () => {
  it('come encrypted for the component as soon as it is registered', async () => {
    await register(running, platform);
    const [event] = platform.events;
    expect(event?.text('AppId')).toBe(COMPONENT.componentAppid);
    expect(event?.text('InfoType')).toBe('component_verify_ticket');
    expect(event?.text('CreateTime')).toBe(String(START));
    expect(platform.lastTicket()).toMatch(/^ticket@@@/);
  });

  it('come again every ten minutes of the sandbox’s clock, and not before', async () => {
    await register(running, platform);
    const first = platform.lastTicket();
    await advance(running, 599);
    await control(running, `${OF_COMPONENT}/tickets`, { push: true });
    expect(platform.events).toHaveLength(2);
    await advance(running, 600);
    await seen(3);
    expect(platform.events).toHaveLength(3);
    expect(platform.lastTicket()).not.toBe(first);
  });

  it('come as the newest one only after a jump of the clock', async () => {
    await register(running, platform);
    await advance(running, 5 * 600);
    await seen(2);
    await control(running, `${OF_COMPONENT}/tickets`, { push: true });
    expect(platform.events).toHaveLength(3);
  });

  it('can get lost on demand, and the one before stays good', async () => {
    await register(running, platform);
    const first = platform.lastTicket();
    expect(await control(running, `${OF_COMPONENT}/tickets`, { lose: 2 })).toMatchObject({ toLose: 2 });
    await advance(running, 600);
    await advance(running, 600);
    await advance(running, 600);
    await seen(2);
    expect(platform.events).toHaveLength(2);
    await expect(withTicket(first)).resolves.toMatchObject({ expiresIn: 7200 });
  });

  it('live twelve hours', async () => {
    await register(running, platform);
    const first = platform.lastTicket();
    await advance(running, 12 * 3600 - 1);
    await expect(withTicket(first)).resolves.toMatchObject({ expiresIn: 7200 });
    await advance(running, 1);
    await expect(withTicket(first)).rejects.toMatchObject({ errcode: 61005 });
    await expect(withTicket('ticket@@@foreign')).rejects.toMatchObject({ errcode: 61006 });
  });

  it('are delivered again until the platform says success', async () => {
    const answers = [{ body: 'ok' }, { status: 500, body: 'success' }, { body: 'success' }];
    platform.onEvent = () => answers.shift() ?? { body: 'success' };
    await register(running, platform);
    await seen(3);
    await until(async () => ((await view())['pushes'] as Json[]).length === 1);
    const [push] = (await view())['pushes'] as { deliveries: Json[] }[];
    expect(push?.deliveries.map((delivery) => delivery['outcome'])).toEqual([
      'refused',
      'refused',
      'accepted',
    ]);
  });

  it('start again by API when nothing arrives, and not when all is well', async () => {
    await register(running, platform);
    await until(async () => (await view())['tickets'] !== undefined && (await delivered()));
    await start();
    expect(platform.events).toHaveLength(1);
    await control(running, `${OF_COMPONENT}/tickets`, { paused: true });
    await advance(running, 6000);
    expect(platform.events).toHaveLength(1);
    await start();
    await seen(2);
    expect(await control(running, `${OF_COMPONENT}/tickets`)).toMatchObject({ paused: false });
  });

  it('are not started for a component that does not exist or cannot prove itself', async () => {
    await register(running, platform);
    const call = callOf(running);
    const secret = COMPONENT.secret;
    await expect(
      startPushTicket(call, { componentAppid: 'wxother', componentSecret: secret }),
    ).rejects.toMatchObject({ errcode: 40013 });
    await expect(
      startPushTicket(call, { componentAppid: COMPONENT.componentAppid, componentSecret: 'wrong' }),
    ).rejects.toMatchObject({ errcode: 40125 });
  });
});

const view = (): Promise<Json> => getJson(running, `/__sandbox/components${OF_COMPONENT}`);
const delivered = async (): Promise<boolean> => Boolean(((await view())['tickets'] as Json)['delivered']);
