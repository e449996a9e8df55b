import { describe, expect, it } from 'vitest';
import { OUTBOUND_STATUSES } from '#shared/domain/message';
import { contentTexts } from '../../../../../src/renderer/features/inbox/bubbles/texts';
import { windowTexts } from '../../../../../src/renderer/features/inbox/composer/texts';
import { profileTexts } from '../../../../../src/renderer/features/inbox/profile/texts';
import { inboxTexts } from '../../../../../src/renderer/features/inbox/texts';

describe('words for what became of a message', () => {
  it('[S3.9] name each status and never claim that something was delivered or read', () => {
    const stems = OUTBOUND_STATUSES.map(
      (status) => `status${status.charAt(0).toUpperCase()}${status.slice(1)}`,
    );
    for (const locale of ['zh-CN', 'en'] as const) {
      const phrases = Object.entries(inboxTexts[locale]);
      for (const stem of stems) {
        expect(phrases.filter(([key]) => key === stem)).toHaveLength(1);
      }
      const statuses = phrases.filter(([key]) => key.startsWith('status')).map(([, phrase]) => phrase);
      expect(statuses).toHaveLength(OUTBOUND_STATUSES.length);
      for (const phrase of statuses) expect(phrase).not.toMatch(/deliver|read|seen|送达|已读|收到/iu);
    }
  });

  it('are complete in both languages', () => {
    for (const texts of [inboxTexts, contentTexts, windowTexts, profileTexts]) {
      for (const [key, phrase] of [...Object.entries(texts['zh-CN']), ...Object.entries(texts.en)]) {
        expect(phrase.trim(), key).not.toBe('');
      }
      for (const [key, phrase] of Object.entries(texts.en))
        expect(phrase, key).not.toMatch(/[\u4e00-\u9fff]/u);
    }
  });
});
