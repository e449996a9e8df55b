import { describe, expect, it } from 'vitest';
import { createSettingsService, DEFAULT_SETTINGS, localeOfSystem } from '#main/services/settings';
import type { Settings } from '#shared/ipc/models';

function service(stored: unknown, languages: readonly string[] = ['zh-CN']) {
  let kept: unknown = stored;
  const published: Settings[] = [];
  let changes = 0;
  const settings = createSettingsService({
    store: {
      read: () => kept,
      write: (value) => (kept = value),
    },
    publish: (_topic, payload) => published.push(payload as Settings),
    systemLanguages: () => languages,
    onChange: () => (changes += 1),
  });
  return { settings, kept: () => kept, published, changes: () => changes };
}

describe('settings', () => {
  it.each([undefined, null, 'x', 7, [], {}])('are the defaults when %j was stored', (stored) => {
    expect(service(stored).settings.get()).toEqual(DEFAULT_SETTINGS);
  });

  it('are those of an older version, and the defaults for what it did not know', () => {
    const older = { locale: 'en', theme: 'dark', paneWidths: { 'inbox-list': 320 }, profilePaneOpen: false };
    expect(service(older).settings.get()).toEqual({ ...DEFAULT_SETTINGS, ...older });
  });

  it('lose a time or a sound that does not exist, and keep everything else about notifications', () => {
    const quietHours = { on: true, from: '25:00', to: '08:00', weekdays: [1] };
    const { settings } = service({ quietHours, notifyText: false, sounds: { wx1: 'gong' }, remind: false });
    expect(settings.get()).toEqual({ ...DEFAULT_SETTINGS, notifyText: false, remind: false });
  });

  it('lose only the value that is wrong', () => {
    const { settings } = service({ theme: 'purple', locale: 'en', paneWidths: { list: 320 }, old: true });
    expect(settings.get()).toEqual({ ...DEFAULT_SETTINGS, locale: 'en', paneWidths: { list: 320 } });
  });

  it('are kept, told to every page, and announced when they change', () => {
    const { settings, kept, published, changes } = service({ theme: 'light' });
    const next = settings.update({ theme: 'dark', locale: undefined });
    expect(next).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(kept()).toEqual(next);
    expect(published).toEqual([next]);
    expect(changes()).toBe(1);
    expect(settings.get()).toEqual(next);
  });
});

describe('the language', () => {
  it.each([
    [['zh-CN'], 'zh-CN'],
    [['zh-Hant-TW', 'en'], 'zh-CN'],
    [['ZH'], 'zh-CN'],
    [['zh_HK.UTF-8'], 'zh-CN'],
    [['en-GB', 'zh-CN'], 'en'],
    [['de'], 'en'],
    [['zhx'], 'en'],
    [[], 'en'],
  ] as const)('of a system with %j is %s', (languages, locale) => {
    expect(localeOfSystem(languages)).toBe(locale);
    expect(service({}, languages).settings.locale()).toBe(locale);
  });

  it('is the person’s own choice when there is one', () => {
    expect(service({ locale: 'en' }).settings.locale()).toBe('en');
    expect(service({ locale: 'zh-CN' }, ['en']).settings.locale()).toBe('zh-CN');
  });
});
