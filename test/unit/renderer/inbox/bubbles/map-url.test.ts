import { describe, expect, it } from 'vitest';
import { mapUrl } from '../../../../../src/renderer/features/inbox/bubbles/map-url';

describe('map address of a place', () => {
  it('marks the place on an https map with its label', () => {
    const url = new URL(mapUrl({ latitude: 23.134521, longitude: 113.358803, label: '天河区' }));
    expect(url.protocol).toBe('https:');
    expect(url.searchParams.get('marker')).toBe('coord:23.134521,113.358803;title:天河区;addr:天河区');
  });

  it('does not let a label change the marker or the address', () => {
    const url = new URL(mapUrl({ latitude: 1, longitude: 2, label: 'a;coord:9,9&referer=x#y' }));
    expect(url.searchParams.get('marker')?.split(';')).toHaveLength(3);
    expect(url.searchParams.getAll('referer')).toEqual(['oa-desk']);
    expect(url.hash).toBe('');
  });

  it('names a place without a label by its coordinates', () => {
    expect(new URL(mapUrl({ latitude: 1, longitude: 2, label: ' ' })).searchParams.get('marker')).toContain(
      'title:1,2',
    );
  });
});
