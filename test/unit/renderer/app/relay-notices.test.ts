import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnerNotice } from '#shared/ipc/relay-models';
import { noticeWords } from '../../../../src/renderer/app/notice-words';
import { dismissNotice, followNotices, useNotices } from '../../../../src/renderer/app/notices-store';
import { appTexts } from '../../../../src/renderer/app/texts';
import { setLocale } from '../../../../src/renderer/i18n/i18n';
import { translate } from '../../../../src/renderer/i18n/texts';
import { installBridge, Refusal } from '../support/memory-bridge';

const notice = (patch: Partial<OwnerNotice> = {}): OwnerNotice => ({
  ...{ id: 1, at: 1_800_000_000, relay: 'relay.example.com', type: 'unread-expiring', device: '后厨电脑' },
  ...{ count: 3, removeAt: 1_800_086_400, reason: 'age' },
  ...patch,
});

beforeEach(() => useNotices.setState(useNotices.getInitialState(), true));
afterEach(() => {
  setLocale('zh-CN');
  vi.unstubAllGlobals();
});

describe('notices of relays', () => {
  it('are read at the start and whenever main says so', async () => {
    let notices = [notice()];
    const bridge = installBridge({ 'relay.notices': () => notices });
    const dispose = followNotices();
    await vi.waitFor(() => expect(useNotices.getState().notices).toHaveLength(1));
    notices = [notice(), notice({ id: 2 })];
    bridge.emit('relay.noticesChanged', {});
    await vi.waitFor(() => expect(useNotices.getState().notices).toHaveLength(2));
    dispose();
    expect(bridge.listeners('relay.noticesChanged')).toBe(0);
  });

  it('leave at once when they are put away', async () => {
    const bridge = installBridge({ 'relay.dismissNotice': () => ({}) });
    useNotices.setState({ notices: [notice(), notice({ id: 2 })] });
    await dismissNotice(1);
    expect(useNotices.getState().notices.map(({ id }) => id)).toEqual([2]);
    expect(bridge.calls).toEqual([{ method: 'relay.dismissNotice', input: { id: 1 } }]);
  });

  it('come back when main could not put them away', async () => {
    installBridge({
      'relay.notices': () => [notice()],
      'relay.dismissNotice': () => {
        throw new Refusal({ code: 'db/disk-full' });
      },
    });
    useNotices.setState({ notices: [notice()] });
    await expect(dismissNotice(1)).rejects.toMatchObject({ code: 'db/disk-full' });
    expect(useNotices.getState().notices).toHaveLength(1);
  });

  it.each(['zh-CN', 'en'] as const)('say who, how much and until when in %s', (locale) => {
    setLocale(locale);
    const words = (patch: Partial<OwnerNotice>) =>
      noticeWords(notice(patch), (key, values) => translate(appTexts, key, values), locale);
    for (const patch of [
      {},
      { reason: 'size' as const },
      { type: 'unread-removed' as const, removeAt: null, reason: null },
    ]) {
      expect(words(patch)).toContain('后厨电脑');
      expect(words(patch)).toContain('relay.example.com');
      expect(words(patch)).toMatch(/\b3\b| 3 /);
      expect(words(patch)).not.toContain('{{');
    }
    expect(words({})).toContain('2027');
    expect(words({ reason: 'size' })).not.toBe(words({}));
  });
});
