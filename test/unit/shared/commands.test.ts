import { expect, it } from 'vitest';
import { acceleratorOf, chordParts, COMMAND_IDS, entryOf } from '#shared/commands';

it('gives no key to two commands that could be meant at once', () => {
  const taken = new Map<string, string>();
  for (const id of COMMAND_IDS) {
    const { keys, screen, ownKeys } = entryOf(id);
    if (ownKeys) continue;
    for (const chord of keys ?? []) {
      for (const place of screen ? [screen] : ['inbox', 'followers', 'elsewhere']) {
        const name = `${place} ${chordParts(chord, false).join('+')}`;
        expect(taken.get(name), `${id} and ${taken.get(name) ?? ''} share ${name}`).toBeUndefined();
        taken.set(name, id);
      }
    }
  }
});

it('names every command in both languages, and no two alike', () => {
  for (const language of ['zh', 'en'] as const) {
    const titles = COMMAND_IDS.map((id) => entryOf(id).title[language]);
    expect(titles.every((title) => title.trim() !== '')).toBe(true);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

it('writes keys as the platform does', () => {
  expect(chordParts({ key: 'f', mod: true, shift: true }, false)).toEqual(['Ctrl', 'Shift', 'F']);
  expect(chordParts({ key: 'k', mod: true }, true)).toEqual(['⌘', 'K']);
  expect(chordParts({ key: '1-9', mod: true }, false)).toEqual(['Ctrl', '1–9']);
});

it('gives the native menu the accelerators of keys that a menu can carry', () => {
  expect(acceleratorOf('palette')).toBe('CmdOrCtrl+K');
  expect(acceleratorOf('search-everywhere')).toBe('CmdOrCtrl+Shift+F');
  expect(acceleratorOf('done')).toBeNull();
  expect(acceleratorOf('account-nth')).toBeNull();
});
