import { describe, expect, it } from 'vitest';
import { WECHAT_EMOJI, withEmoji } from '#shared/domain/wechat-emoji';
import {
  findEmoji,
  gridStep,
  recentFirst,
} from '../../../../../src/renderer/features/inbox/composer/emoji-grid';

describe('the emoji picker', () => {
  it('holds codes that WeChat draws, each once', () => {
    expect(WECHAT_EMOJI.length).toBeGreaterThan(70);
    expect(new Set(WECHAT_EMOJI.map(({ code }) => code)).size).toBe(WECHAT_EMOJI.length);
    for (const { code, unicode } of WECHAT_EMOJI) expect(withEmoji(code)).toBe(unicode);
  });

  it('puts what was picked last first, once', () => {
    expect(recentFirst(['[微笑]', '[色]'], '[色]')).toEqual(['[色]', '[微笑]']);
    expect(
      recentFirst(
        Array.from({ length: 20 }, (_, n) => String(n)),
        'new',
      ),
    ).toHaveLength(20);
  });

  it('finds by name in either language', () => {
    expect(findEmoji('微笑').map(({ code }) => code)).toEqual(['[微笑]']);
    expect(findEmoji('rose').map(({ code }) => code)).toContain('[玫瑰]');
    expect(findEmoji('没有的')).toEqual([]);
  });

  it('moves by keys within and between its groups', () => {
    const sizes = [3, 25];
    expect(gridStep('ArrowRight', 2, sizes)).toBe(3);
    expect(gridStep('ArrowDown', 1, sizes)).toBe(4);
    expect(gridStep('ArrowDown', 4, sizes)).toBe(14);
    expect(gridStep('ArrowUp', 10, sizes)).toBe(2);
    expect(gridStep('ArrowUp', 0, sizes)).toBe(0);
    expect(gridStep('End', 0, sizes)).toBe(27);
    expect(gridStep('a', 0, sizes)).toBeNull();
  });
});
