import { describe, expect, it } from 'vitest';
import { COMMAND_IDS } from '#shared/commands';
import type { Locale } from '#shared/localized';
import { fitness, folded } from '../../../../src/renderer/app/palette/fuzzy';
import {
  accountCandidate,
  commandCandidate,
  ranked,
  screenCandidate,
} from '../../../../src/renderer/app/palette/palette-items';
import { account } from '../support/samples';

const commands = (locale: Locale) => COMMAND_IDS.map((id) => commandCandidate(id, locale, null));
const best = (query: string, locale: Locale = 'zh-CN') => ranked(query, commands(locale))[0]?.key;
const fit = (query: string, text: string) => fitness(folded(query), folded(text));

describe('how well words fit', () => {
  it('finds Chinese by characters in their order, without pinyin', () => {
    expect(fit('快到期', '只看快到期')).toBeGreaterThan(0);
    expect(fit('快期', '只看快到期')).toBeGreaterThan(0);
    expect(fit('期快', '只看快到期')).toBe(0);
  });

  it('finds Latin words by their beginnings, not by letters strewn over them', () => {
    expect(fit('nr', 'Needs reply')).toBeGreaterThan(0);
    expect(fit('cl so', 'Closing soon')).toBeGreaterThan(0);
    expect(fit('clso', 'Closing soon')).toBeGreaterThan(0);
    expect(fit('ep', 'Needs reply')).toBeGreaterThan(0);
    expect(fit('nly', 'Needs reply')).toBe(0);
  });

  it('makes nothing of case, accents and full-width letters', () => {
    expect(fit('ＳＮＯＯＺＥ', 'Snooze')).toBe(fit('snooze', 'Snooze'));
    expect(fit('cafe', 'Café')).toBe(fit('café', 'Café'));
  });

  it('prefers the whole, then the beginning, then a word, then the inside', () => {
    const texts = ['Star', 'Starred', 'Show starred', 'Upstart'];
    const fits = texts.map((text) => fit('star', text));
    expect(fits).toEqual([...fits].sort((one, other) => other - one));
    expect(new Set(fits).size).toBe(texts.length);
  });

  it('wants every word that was typed', () => {
    expect(fit('show done', 'Show done conversations')).toBeGreaterThan(0);
    expect(fit('show nothing', 'Show done conversations')).toBe(0);
  });
});

describe('what the palette offers', () => {
  it('finds a command in either language, whichever is on screen', () => {
    expect(best('稍后')).toBe('command snooze');
    expect(best('snooze')).toBe('command snooze');
    expect(best('稍后处理', 'en')).toBe('command snooze');
    expect(best('closes soon')).toBe('command queue-closing-soon');
    expect(best('夜间')).toBe('command theme-dark');
  });

  it('offers every command that acts, and before a query only those that can act now', () => {
    const free = commandCandidate('shortcuts', 'en', null);
    const blocked = commandCandidate('done', 'en', 'no-conversation');
    expect(ranked('', [free, blocked]).map(({ key }) => key)).toEqual(['command shortcuts']);
    expect(ranked('done', [free, blocked])[0]).toMatchObject({ obstacle: 'no-conversation' });
  });

  it('finds accounts by name and screens by their name in either language', () => {
    const candidates = [
      screenCandidate('followers', ['粉丝', 'Followers'], '界面'),
      accountCandidate(account({ name: '城南茶馆' }), '公众号'),
    ];
    expect(ranked('followers', candidates)[0]?.target).toEqual({ kind: 'screen', screen: 'followers' });
    expect(ranked('城茶', candidates)[0]?.target).toMatchObject({ kind: 'account' });
    expect(ranked('诊所', candidates)).toEqual([]);
  });
});
