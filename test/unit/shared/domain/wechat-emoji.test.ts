import { describe, expect, it } from 'vitest';
import { withEmoji } from '#shared/domain/wechat-emoji';

describe('emoji of WeChat', () => {
  it('are drawn in the old, the Chinese and the English spelling', () => {
    expect(withEmoji('你好/::)在吗[微笑] ok [Smile]')).toBe('你好🙂在吗🙂 ok 🙂');
    expect(withEmoji('谢谢/:rose/:rose[抱拳]')).toBe('谢谢🌹🌹🙏');
  });

  it('take the longest code', () => {
    expect(withEmoji("/::'(")).toBe('😭');
    expect(withEmoji('/:,@@')).toBe('😵');
  });

  it('leave what is not known as it came', () => {
    expect(withEmoji('[不存在的表情] https://example.com/:okay?x=[1]')).toBe(
      '[不存在的表情] https://example.com/:okay?x=[1]',
    );
  });
});
