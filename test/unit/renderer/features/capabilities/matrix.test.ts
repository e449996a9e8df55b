import { expect, it } from 'vitest';
import { capabilityOf, CAPABILITIES } from '#shared/domain/capabilities';
import {
  columnOf,
  COLUMNS,
  matrixOf,
  notesFor,
  WAY_OF,
} from '../../../../../src/renderer/features/capabilities/matrix';
import { capabilitiesTexts } from '../../../../../src/renderer/features/capabilities/texts';

const mainland = { region: 'mainland' } as const;
const cellsOf = (capability: (typeof CAPABILITIES)[number], region: 'mainland' | 'overseas' = 'mainland') => {
  const row = matrixOf(region).find((one) => one.capability === capability);
  if (!row) throw new Error(capability);
  return COLUMNS.map(({ id }) => row.cells[id].level);
};

it('[S2.7] has a row for each capability and a cell for each kind, as WeChat permits it', () => {
  expect(matrixOf('mainland').map(({ capability }) => capability)).toEqual(CAPABILITIES);
  expect(cellsOf('followers')).toEqual(['no', 'yes', 'no', 'yes']);
  expect(cellsOf('follow-reply')).toEqual(['yes', 'yes', 'yes', 'yes']);
  expect(cellsOf('keyword-reply')).toEqual(['yes', 'yes', 'yes', 'yes']);
  expect(cellsOf('menu')).toEqual(['no', 'yes', 'try', 'yes']);
  expect(cellsOf('menu-click-event')).toEqual(['no', 'yes', 'try', 'yes']);
  expect(cellsOf('parametric-qr')).toEqual(['no', 'no', 'no', 'yes']);
  expect(cellsOf('identity-qr')).toEqual(['no', 'no', 'no', 'yes']);
  expect(cellsOf('publish')).toEqual(['no', 'yes', 'yes', 'yes']);
  expect(cellsOf('web-authorisation')).toEqual(['no', 'no', 'no', 'yes']);
});

it('[S4.1] finds the column of each combination of kind and verification', () => {
  for (const { id, kind, verified } of COLUMNS) expect(columnOf({ kind, verified })).toBe(id);
});

const ALL_TRAITS = (['mainland', 'overseas'] as const).flatMap((region) =>
  COLUMNS.map(({ kind, verified }) => ({ region, kind, verified })),
);

it.each(ALL_TRAITS)('[S4.1] suits $region $kind, verified: $verified', (traits) => {
  const notes = notesFor(traits);
  expect(notes.includes('unverified')).toBe(!traits.verified);
  expect(notes.includes('overseas')).toBe(traits.region === 'overseas');
  expect(notes.includes('coupons')).toBe(traits.kind === 'subscription' && traits.verified);
  const level = (capability: (typeof CAPABILITIES)[number]) => capabilityOf(traits, capability).level;
  expect(level('receive')).toBe('yes');
  expect(level('customer-message')).toBe(traits.verified ? 'yes' : 'no');
  expect(level('template-message')).toBe(traits.verified && traits.kind === 'service' ? 'yes' : 'no');
  expect(level('customer-voice')).toBe(traits.verified && traits.region === 'mainland' ? 'yes' : 'no');
  const missing = CAPABILITIES.filter((capability) => level(capability) === 'no');
  const isBest = traits.kind === 'service' && traits.verified && traits.region === 'mainland';
  expect(missing.length === 0).toBe(isBest);
});

it('[S2.10] lets a verified subscription account see coupons, but not create them or their QR codes', () => {
  const account = { kind: 'subscription', verified: true, ...mainland } as const;
  expect(capabilityOf(account, 'coupons-view').level).toBe('yes');
  expect(capabilityOf(account, 'coupons-create').level).toBe('no');
  expect(capabilityOf(account, 'coupon-qr').level).toBe('no');
  expect(capabilityOf(account, 'account-qr').level).toBe('yes');
  expect(notesFor(account)).toContain('coupons');
});

it('[S3.8][S1.18][S4.6] warns overseas accounts and takes voice and video from them, but not images', () => {
  expect(cellsOf('customer-voice', 'overseas')).toEqual(['no', 'no', 'no', 'no']);
  expect(cellsOf('customer-video', 'overseas')).toEqual(['no', 'no', 'no', 'no']);
  expect(cellsOf('customer-image', 'overseas')).toEqual(['no', 'yes', 'no', 'yes']);
  expect(notesFor({ kind: 'service', verified: true, region: 'overseas' })).toContain('overseas');
  expect(notesFor({ kind: 'service', verified: true, ...mainland })).not.toContain('overseas');
});

it('[S2.8][S3.2] tells an unverified account what it risks, and that Weibo’s verification is another one', () => {
  const notes = notesFor({ kind: 'service', verified: false, ...mainland });
  expect(notes).toContain('unverified');
  expect(notes).toContain('weibo');
  expect(capabilitiesTexts.en.unverified).toContain('30 days');
  expect(capabilitiesTexts.en.unverified).toContain('name may follow later');
  expect(capabilitiesTexts.en.weibo).toContain('Weibo');
});

it('[S2.19] tells everyone of the five platforms and of exclusive permissions', () => {
  expect(notesFor(null)).toContain('platforms');
  for (const language of ['zh-CN', 'en'] as const)
    expect(capabilitiesTexts[language].platforms).toContain('5');
});

it('[S4.2] recommends the verified service account of the mainland, which can do the most', () => {
  expect(capabilitiesTexts.en.advice).toContain('verified service account of a mainland');
  const count = (cells: readonly string[]) => cells.filter((level) => level !== 'no').length;
  const totals = COLUMNS.map(({ id }) => count(matrixOf('mainland').map(({ cells }) => cells[id].level)));
  expect(Math.max(...totals)).toBe(totals[3]);
});

it('[S4.7] leaves nothing out for any account: what it cannot do has a row too', () => {
  for (const { region } of ALL_TRAITS)
    expect(matrixOf(region).map(({ capability }) => capability)).toEqual(CAPABILITIES);
});

it('[S4.7] gives a reason for everything that is greyed, and a way to get what can be got', () => {
  for (const region of ['mainland', 'overseas'] as const)
    for (const { cells } of matrixOf(region))
      for (const { level, limit } of Object.values(cells)) {
        if (level === 'yes') expect(limit).toBeNull();
        else if (limit === null) throw new Error('a cell without a reason');
        else if (level === 'no') expect(WAY_OF[limit]).not.toBeNull();
      }
});
