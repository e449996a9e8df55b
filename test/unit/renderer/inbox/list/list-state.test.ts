import { describe, expect, it } from 'vitest';
import {
  LIST_PAGE,
  asked,
  chosen,
  emptyList,
  failed,
  indexOf,
  missingPages,
  movedBy,
  neighbour,
  refreshWindow,
  refreshed,
  withPage,
  withRow,
} from '../../../../../src/renderer/features/inbox/list/list-state';
import { APPID, conversation } from '../builders';

const query = { appid: null, filter: 'all', order: 'newest' } as const;
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    conversation(`oPerson${String(from + index).padStart(4, '0')}`),
  );
const page = (offset: number, total: number) => ({
  total,
  rows: rows(offset, Math.min(LIST_PAGE, total - offset)),
});
const first = () => withPage(emptyList(query), 0, 0, page(0, 1_000_000));

describe('conversation list', () => {
  it('asks only for the pages on screen that it does not hold, in a list of a million', () => {
    const list = first();
    expect(missingPages(list, { first: 10, last: 30 })).toEqual([]);
    expect(missingPages(list, { first: 40, last: 60 })).toEqual([50]);
    expect(missingPages(list, { first: 499_990, last: 500_010 })).toEqual([499_950, 500_000]);
  });

  it('keeps the row itself when main tells the same of it again, wherever it stands', () => {
    const before = first();
    const [moved, changed, ...rest] = page(0, 1_000_000).rows.slice(0, 3);
    const again = [changed && { ...changed, unread: 7 }, moved, ...rest].flatMap((row) => row ?? []);
    const after = refreshed(before, 0, 0, { total: 1_000_000, rows: again });
    expect(after.rows.get(1)).toBe(before.rows.get(0));
    expect(after.rows.get(2)).toBe(before.rows.get(2));
    expect(after.rows.get(0)?.unread).toBe(7);
  });

  it('never asks behind the end of the list', () => {
    const list = withPage(emptyList(query), 0, 0, page(0, 12));
    expect(missingPages(list, { first: 0, last: 40 })).toEqual([]);
  });

  it('puts on top what closes first in the closing queue, and gives the earlier order back when it is left', () => {
    const queue = chosen(emptyList(query), { filter: 'closing-soon' });
    expect(queue.query).toEqual({ ...query, filter: 'closing-soon', order: 'closing-first' });
    expect(chosen(queue, { filter: 'needs-reply' }).query.order).toBe('newest');
    const account = asked(queue, { ...queue.query, appid: APPID });
    expect(chosen(account, { filter: 'all' }).query).toEqual({ ...query, appid: APPID });
  });

  it('keeps an order that was chosen, also one chosen in the closing queue', () => {
    const chosenBefore = chosen(emptyList(query), { order: 'closing-first' });
    const back = chosen(chosen(chosenBefore, { filter: 'closing-soon' }), { filter: 'all' });
    expect(back.query.order).toBe('closing-first');
    const newest = chosen(chosen(back, { filter: 'closing-soon' }), { order: 'newest' });
    expect(newest.query).toMatchObject({ filter: 'closing-soon', order: 'newest' });
    expect(chosen(newest, { filter: 'all' }).query.order).toBe('newest');
  });

  it('drops an answer that comes after the filter changed', () => {
    const list = asked(emptyList(query), { ...query, filter: 'failed' });
    expect(withPage(list, 0, 0, page(0, 5))).toBe(list);
    expect(failed(list, 0, { code: 'db/damaged' })).toBe(list);
    expect(withPage(list, 1, 0, page(0, 5)).total).toBe(5);
  });

  it('forgets rows outside of a refresh, because they may have moved', () => {
    const both = withPage(first(), 0, 50, page(50, 1_000_000));
    const list = refreshed(both, 0, 0, page(0, 1_000_001));
    expect(list.total).toBe(1_000_001);
    expect([...list.rows.keys()]).toEqual([...Array(50).keys()]);
  });

  it('refreshes what is on screen with a page on either side', () => {
    expect(refreshWindow({ first: 0, last: 14 })).toEqual({ offset: 0, limit: 65 });
    expect(refreshWindow({ first: 200, last: 220 })).toEqual({ offset: 150, limit: 121 });
    expect(refreshWindow({ first: 0, last: 5000 }).limit).toBeLessThanOrEqual(500);
  });

  it('knows by how much the first visible row moved, so that the list can keep its place', () => {
    const before = first();
    const newcomer = conversation('oNewcomer');
    const after = refreshed(before, 0, 0, { total: 1_000_001, rows: [newcomer, ...rows(0, 60)] });
    expect(movedBy(before, after, 20)).toBe(1);
    expect(movedBy(after, after, 20)).toBe(0);
    const gone = refreshed(before, 0, 0, { total: 1, rows: [newcomer] });
    expect(movedBy(before, gone, 20)).toBe(0);
  });

  it('keeps its place by the rows below when the first visible one has left', () => {
    const before = first();
    const after = refreshed(before, 0, 0, {
      total: 999_998,
      rows: rows(0, 60).filter(({ openid }) => !['oPerson0003', 'oPerson0020'].includes(openid)),
    });
    expect(movedBy(before, after, 20)).toBe(-2);
  });

  it('forgets rows far from the screen, so that a list of any length costs the same', () => {
    let list = first();
    for (let offset = 50; offset < 20_000; offset += LIST_PAGE)
      list = withPage(list, 0, offset, page(offset, 1_000_000), { first: offset, last: offset + 12 });
    expect(list.rows.size).toBeLessThanOrEqual(2_500);
    expect(list.rows.get(19_990)?.openid).toBe('oPerson19990');
  });

  it('changes a row in its place and ignores rows that are not held', () => {
    const list = first();
    expect(withRow(list, conversation('oPerson0007'), { unread: 3 }).rows.get(7)?.unread).toBe(3);
    expect(withRow(list, conversation('oStranger'), { unread: 3 })).toBe(list);
  });

  it('keeps people of different accounts apart although their openids are equal', () => {
    const other = conversation('oPerson0001', { appid: 'wxfedcba9876543210' });
    const list = withPage(emptyList(query), 0, 0, { total: 2, rows: [other, ...rows(1, 1)] });
    expect(indexOf(list, { appid: APPID, openid: 'oPerson0001' })).toBe(1);
  });

  it('walks to the neighbours and stops at both ends', () => {
    const list = withPage(emptyList(query), 0, 0, page(0, 3));
    const at = (index: number) => ({ appid: APPID, openid: `oPerson000${index}` });
    expect(neighbour(list, null, 1)).toBe(0);
    expect(neighbour(list, at(0), 1)).toBe(1);
    expect(neighbour(list, at(0), -1)).toBeNull();
    expect(neighbour(list, at(2), 1)).toBeNull();
    expect(neighbour(emptyList(query), null, 1)).toBeNull();
  });
});
