import { expect, it } from 'vitest';
import { excessOf } from '#relay/fair-share';

it('takes from whoever keeps most, down to an equal share', () => {
  expect(excessOf([2, 60], 20)).toEqual([0, 42]);
  expect(excessOf([2, 30, 60], 42)).toEqual([0, 10, 40]);
});

it('takes nothing while everything fits, and everything when nothing does', () => {
  expect(excessOf([5, 7], 12)).toEqual([0, 0]);
  expect(excessOf([5, 7], 0)).toEqual([5, 7]);
  expect(excessOf([], 10)).toEqual([]);
});
