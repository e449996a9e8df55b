import { describe, expect, it } from 'vitest';
import { createServerClock } from '#main/relay/server-clock';
import { silentLogger } from '#shared/log';

function clockAt(machineTime: number) {
  const published: number[] = [];
  let now = machineTime;
  const clock = createServerClock({
    machine: { now: () => now },
    publish: (_topic, payload) => published.push((payload as { offset: number }).offset),
    log: silentLogger,
  });
  return { clock, published, advance: (seconds: number) => (now += seconds), now: () => now };
}

describe('the clock of the servers', () => {
  it('is the machine’s until a server says otherwise', () => {
    const { clock, published } = clockAt(1000);
    expect(clock.now()).toBe(1000);
    clock.learn(1001.4, 1000);
    expect(clock.now()).toBe(1000);
    expect(published).toEqual([]);
  });

  it('counts on from what a server said', () => {
    const { clock, advance, published } = clockAt(1000);
    clock.learn(8200, 1000);
    advance(10);
    expect(clock.now()).toBe(8210);
    expect(published).toEqual([7200]);
    expect(clock.skewHours()).toBe(2);
  });

  it('believes WeChat rather than a relay, and the relay when WeChat has long been silent', () => {
    const { clock } = clockAt(0);
    clock.learn(7200, 0, 'relay');
    expect(clock.offset()).toBe(7200);
    clock.learn(3600, 0, 'wechat');
    clock.learn(7200 + 60, 60, 'relay');
    expect(clock.offset()).toBe(3600);
    clock.learn(7200 + 4000, 4000, 'relay');
    expect(clock.offset()).toBe(7200);
  });

  it('stays calm about noise', () => {
    const { clock, published } = clockAt(0);
    for (const noise of [100, 101, 99, 100.5]) clock.learn(noise, 0);
    expect(published).toEqual([100]);
    expect(clock.skewHours()).toBeNull();
  });

  it('returns to the machine’s time when that was put right', () => {
    const { clock, published } = clockAt(0);
    clock.learn(-5400, 0);
    expect(clock.skewHours()).toBe(2);
    clock.learn(1, 0);
    expect(clock.offset()).toBe(0);
    expect(clock.skewHours()).toBeNull();
    expect(published).toEqual([-5400, 0]);
  });

  it('is never behind what WeChat has stamped on an event, as long as that is a lag and no wrong clock', () => {
    const { clock, advance, published } = clockAt(1000);
    clock.learn(990, 1000);
    advance(10);
    // Answers and events come from the same clock; the answer was older than it seemed.
    clock.notBefore(1010);
    expect(clock.now()).toBe(1010);
    clock.notBefore(1009);
    clock.notBefore(1012);
    clock.notBefore(1010 + 7200);
    expect(clock.now()).toBe(1010);
    expect(published).toEqual([-10, 0]);
  });

  it('ignores what is no time', () => {
    const { clock, published } = clockAt(0);
    clock.learn(NaN, 0);
    clock.learn(Infinity, 0);
    expect(published).toEqual([]);
  });
});
