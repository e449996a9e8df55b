import { describe, expect, it } from 'vitest';
import { linkMarkup } from '#shared/domain/text-links';
import { toField, toMessage } from '../../../../../src/renderer/features/inbox/composer/link-tokens';

const menu = { words: '菜单', target: { kind: 'page', url: 'https://a.cn/menu' } } as const;
const raw = `请看${linkMarkup(menu)}，谢谢`;

describe('links in the text field', () => {
  it('stand as their words, and are sent as WeChat wants them', () => {
    const field = toField(raw);
    expect(field.text).toBe('请看⟦菜单⟧，谢谢');
    expect(toMessage(field)).toBe(raw);
  });

  it('become plain words when they are edited apart', () => {
    const { links } = toField(raw);
    expect(toMessage({ text: '请看⟦菜⟧，谢谢', links })).toBe('请看菜，谢谢');
    expect(toMessage({ text: '请看菜单⟧，谢谢', links })).toBe('请看菜单，谢谢');
  });

  it('of the same words and another address are not mixed up', () => {
    const other = linkMarkup({ words: '菜单', target: { kind: 'page', url: 'https://b.cn/' } });
    expect(toMessage(toField(raw + other))).toBe(raw + other);
  });
});
