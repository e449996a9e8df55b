import { describe, expect, it } from 'vitest';
import type { FoundQuickReply } from '#shared/ipc/search-models';
import { variantFound } from '../../../../../src/renderer/features/inbox/search/found-reply';

const text = (words: string) => ({ kind: 'text', text: words }) as const;
const said = (words: string, found: boolean) => ({
  text: words,
  ranges: found ? ([[0, 1]] as const) : [],
});
const found = (zh: FoundQuickReply['zh'], en: FoundQuickReply['en']): FoundQuickReply => ({
  reply: {
    ...{ id: 'r', appid: null, folderId: null, name: '营业时间', shortcut: '', uses: 0, lastUsedAt: null },
    zh: zh && text(zh.text),
    en: en && text(en.text),
  },
  name: { text: '营业时间', ranges: [] },
  zh,
  en,
});

describe('the variant of a quick reply that was found', () => {
  it('is the one that holds the words, else the one the customer reads', () => {
    expect(variantFound(found(said('几点', false), said('hours', true)), 'zh')?.variant).toBe('en');
    expect(variantFound(found(said('几点', true), said('hours', true)), 'en')?.variant).toBe('en');
    expect(variantFound(found(said('几点', false), said('hours', false)), 'zh')?.variant).toBe('zh');
    expect(variantFound(found(said('几点', false), null), 'en')?.variant).toBe('zh');
  });
});
