import { describe, expect, it } from 'vitest';
import {
  draftText,
  fieldOf,
  keptTray,
  trayOf,
} from '../../../../../src/renderer/features/inbox/composer/prepared-draft';
import type { Tray, TrayItem } from '../../../../../src/renderer/features/inbox/composer/tray';

const text = (words: string): TrayItem => ({ id: words, kind: 'text', text: words });
const staged: TrayItem = {
  ...{ id: 'f1', kind: 'file', name: '茶.png', fileKind: 'image', bytes: 70, title: '' },
  now: {
    state: 'staged',
    file: {
      kind: 'image',
      stagedId: 's1',
      url: 'app://media/s1',
      mime: 'image/png',
      bytes: 70,
      seconds: null,
    },
    poster: null,
  },
};
const reading: TrayItem = { ...staged, id: 'f2', now: { state: 'staging' } };
const refused: TrayItem = { ...staged, id: 'f3', now: { state: 'refused', refusal: { why: 'wrong-kind' } } };

describe('what is prepared', () => {
  it('is kept in its order, without what is still being read or was refused, and comes back the same', () => {
    const tray: Tray = [text('一'), staged, reading, refused, text('二')];
    const kept = keptTray(tray);
    expect(kept.map(({ id }) => id)).toEqual(['一', 'f1', '二']);
    const found = kept.map((item) =>
      item.kind === 'text' ? item : { ...item, url: 'app://media/s1', posterUrl: null },
    );
    expect(trayOf(found)).toEqual([text('一'), staged, text('二')]);
  });

  it('says of a file that it is gone', () => {
    const [item] = keptTray([staged]);
    if (item?.kind !== 'file') throw new Error('no file');
    expect(trayOf([{ ...item, url: null, posterUrl: null }])).toMatchObject([
      { name: '茶.png', now: { state: 'refused', refusal: { why: 'gone' } } },
    ]);
  });

  it('leaves to the field what follows the piled texts, unless the draft was changed elsewhere', () => {
    const tray = [text('一'), staged, text('二')];
    expect(draftText(tray, '三')).toBe('一\n二\n三');
    expect(fieldOf(tray, '一\n二\n三\n四')).toBe('三\n四');
    expect(fieldOf(tray, '一\n二')).toBe('');
    expect(fieldOf([staged], '三')).toBe('三');
    expect(fieldOf(tray, '别的')).toBeNull();
    expect(fieldOf(tray, '一\n二三')).toBeNull();
  });
});
