import { describe, expect, it } from 'vitest';
import type { WindowEvent } from '#shared/domain/window';
import { windowHistory } from '#shared/domain/window-history';

const T = 1_800_000_000;
const HOUR = 3600;
const wrote = (at: number): WindowEvent => ({ type: 'trigger', trigger: 'message', at });
const sent = (at: number): WindowEvent => ({ type: 'sent', at });

describe('the history of reply windows', () => {
  it('tells a window that is open until when, and how often both sides used it', () => {
    expect(windowHistory([wrote(T), sent(T + 60), wrote(T + HOUR)], T + 2 * HOUR)).toEqual([
      {
        ...{ trigger: 'message', openedAt: T, endsAt: T + 49 * HOUR },
        ...{ end: 'open', acts: 2, sent: 1 },
      },
    ]);
  });

  it('[S3.11] tells whether time or count closed a window', () => {
    const five = [1, 2, 3, 4, 5].map((minute) => sent(T + minute * 60));
    const later = T + 100 * HOUR;
    const [byTime, byCount] = windowHistory([wrote(T), ...five, wrote(later)], later + 60 * HOUR);
    expect(byCount).toMatchObject({ end: 'count', endsAt: T + 300, sent: 5 });
    expect(byTime).toMatchObject({ end: 'time', openedAt: later, endsAt: later + 48 * HOUR, sent: 0 });
  });

  it('ends a window with the unfollow, the blacklist and WeChat’s own word', () => {
    const ends = (event: WindowEvent) => windowHistory([wrote(T), event], T + HOUR)[0]?.end;
    expect(ends({ type: 'unfollow', at: T + 10 })).toBe('unfollowed');
    expect(ends({ type: 'block', at: T + 10 })).toBe('blocked');
    expect(ends({ type: 'correction', errcode: 48002, at: T + 10 })).toBe('refusing');
    expect(ends({ type: 'correction', errcode: 45015, at: T + 10 })).toBe('time');
  });

  it('counts a minute after a menu tap as a window of its own', () => {
    const tap: WindowEvent = { type: 'trigger', trigger: 'menu-click', at: T };
    expect(windowHistory([tap, wrote(T + 600)], T + 700).map(({ trigger, end }) => [trigger, end])).toEqual([
      ['message', 'open'],
      ['menu-click', 'time'],
    ]);
  });

  it('is empty for someone who never wrote', () => {
    expect(windowHistory([{ type: 'follow', at: T }, sent(T + 1)], T + 2)).toEqual([]);
  });
});
