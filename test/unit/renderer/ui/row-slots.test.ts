import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_SLOTS, slotsFor } from '../../../../src/renderer/ui/row-slots';

const names = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { maxLength: 12 });

describe('the elements of the rows that are drawn', () => {
  it('stay with their rows, and are never shared, whatever comes, goes and moves', () => {
    fc.assert(
      fc.property(fc.array(names), (drawn) => {
        let slots = NO_SLOTS;
        for (const rows of drawn) {
          const next = slotsFor(slots, rows);
          expect([...next.keys()].sort()).toEqual([...rows].sort());
          expect(new Set(next.values()).size).toBe(rows.length);
          for (const row of rows) if (slots.has(row)) expect(next.get(row)).toBe(slots.get(row));
          slots = next;
        }
      }),
    );
  });

  it('are lent by rows that leave to rows that come in', () => {
    const before = slotsFor(NO_SLOTS, ['a', 'b', 'c']);
    const after = slotsFor(before, ['b', 'c', 'd']);
    expect(after.get('d')).toBe(before.get('a'));
  });

  it('are the same object while the same rows are drawn in another order', () => {
    const before = slotsFor(NO_SLOTS, ['a', 'b', 'c']);
    expect(slotsFor(before, ['c', 'a', 'b'])).toBe(before);
  });
});
