import { describe, expect, it } from 'vitest';
import type { TrayFile, TrayText } from '../../../../../src/renderer/features/inbox/composer/tray';
import {
  isMessage,
  mergedTray,
  moved,
  preparedMessages,
  sendPlan,
} from '../../../../../src/renderer/features/inbox/composer/tray';

const words = (id: string): TrayText => ({ id, kind: 'text', text: id });
const picture = (id: string, now: TrayFile['now']): TrayFile => ({
  ...{ id, kind: 'file', name: `${id}.png`, fileKind: 'image', bytes: 1, title: '', now },
});
const staged = (id: string) =>
  picture(id, {
    state: 'staged',
    file: { kind: 'image', stagedId: id, url: '', mime: 'image/png', bytes: 1, seconds: null },
    poster: null,
  });
const refused = picture('refused', { state: 'refused', refusal: { why: 'wrong-kind' } });
const ids = (tray: readonly { readonly id: string }[]) => tray.map(({ id }) => id);

describe('what is prepared', () => {
  it('is sent in its order, the field last; what was refused is no message', () => {
    const tray = [words('一'), refused, staged('图')];
    expect(
      preparedMessages(tray, '最后').map((item) => (item.kind === 'text' ? item.text : item.file.id)),
    ).toEqual(['一', '图', '最后']);
    expect(tray.filter(isMessage)).toHaveLength(2);
  });

  it('moves by one place and stays at the ends', () => {
    const tray = [words('a'), words('b'), words('c')];
    expect(ids(moved(tray, 'c', -1))).toEqual(['a', 'c', 'b']);
    expect(moved(tray, 'a', -1)).toBe(tray);
    expect(moved(tray, 'c', 1)).toBe(tray);
  });

  it('[I6] leaves as far as replies go, each file and text costing one', () => {
    const tray = [words('一'), staged('图'), words('二')];
    expect(sendPlan(tray, '三', 5)).toEqual({ total: 4, now: 4, reading: false });
    expect(sendPlan(tray, '三', 2)).toEqual({ total: 4, now: 2, reading: false });
    expect(sendPlan([picture('x', { state: 'staging' })], '', 0)).toEqual({
      total: 1,
      now: 0,
      reading: true,
    });
  });

  it('[I6] merges texts that stand together; the last one comes back into the field', () => {
    const merged = mergedTray([words('一'), words('二'), staged('图'), words('三')], '四', () => 'new');
    expect(merged.tray).toEqual([{ id: 'new', kind: 'text', text: '一\n二' }, staged('图')]);
    expect(merged.text).toBe('三\n四');
  });
});
