import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  followServerClock,
  onTick,
  serverNow,
  setClockOffset,
  tickNow,
} from '../../../../src/renderer/ui/clock';
import { installBridge } from '../support/memory-bridge';

describe('the page’s clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(1_700_000_000_000);
  });
  afterEach(() => {
    setClockOffset(0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('counts server time by the offset that main reports', () => {
    const bridge = installBridge({});
    const dispose = followServerClock();
    bridge.emit('clock.changed', { offset: -7200 });
    expect(serverNow()).toBe(1_700_000_000 - 7200);
    dispose();
    expect(bridge.listeners('clock.changed')).toBe(0);
  });

  it('ticks all listeners of one interval from one timer and stops with the last', () => {
    const heard: string[] = [];
    const disposeA = onTick(1000, () => heard.push('a'));
    const disposeB = onTick(1000, () => heard.push('b'));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual(['a', 'b']);
    disposeA();
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual(['a', 'b', 'b']);
    disposeB();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives the same time between two ticks, so that a drawing is of one moment', () => {
    const dispose = onTick(10_000, () => undefined);
    const before = tickNow(10_000);
    vi.advanceTimersByTime(9000);
    expect(tickNow(10_000)).toBe(before);
    vi.advanceTimersByTime(1000);
    expect(tickNow(10_000)).toBe(before + 10);
    dispose();
  });

  it('redraws every countdown when the offset changes', () => {
    const listener = vi.fn();
    const dispose = onTick(60_000, listener);
    setClockOffset(5);
    expect(listener).toHaveBeenCalledTimes(1);
    dispose();
  });
});
