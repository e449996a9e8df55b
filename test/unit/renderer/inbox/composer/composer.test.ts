import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftSaver } from '../../../../../src/renderer/features/inbox/composer/draft-saver';
import { composerKey } from '../../../../../src/renderer/features/inbox/composer/enter-key';
import { nearLimit } from '../../../../../src/renderer/features/inbox/composer/text-bytes';
import { APPID, OPENID } from '../builders';

describe('byte counter', () => {
  it('is shown from three quarters of the limit on', () => {
    expect(nearLimit(1535)).toBe(false);
    expect(nearLimit(1536)).toBe(true);
  });
});

describe('Enter in the composer', () => {
  const press = {
    key: 'Enter',
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    isComposing: false,
    keyCode: 13,
  };

  it('sends', () => {
    expect(composerKey(press)).toBe('send');
  });

  it('breaks the line with Shift', () => {
    expect(composerKey({ ...press, shiftKey: true })).toBeNull();
  });

  it('puts on the pile with Ctrl or ⌘, and M merges with them', () => {
    expect(composerKey({ ...press, ctrlKey: true })).toBe('pile');
    expect(composerKey({ ...press, metaKey: true })).toBe('pile');
    expect(composerKey({ ...press, key: 'm', keyCode: 77, ctrlKey: true })).toBe('merge');
    expect(composerKey({ ...press, key: 'm', keyCode: 77 })).toBeNull();
  });

  it('is left to an input method that is composing', () => {
    expect(composerKey({ ...press, isComposing: true })).toBeNull();
    expect(composerKey({ ...press, keyCode: 229 })).toBeNull();
  });
});

describe('drafts', () => {
  const anna = { appid: APPID, openid: OPENID };
  const bert = { appid: APPID, openid: 'oBert0000001' };
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function saver(save: (text: string) => Promise<unknown> = async () => undefined) {
    const saved: string[] = [];
    const errors: unknown[] = [];
    const drafts = new DraftSaver({
      delay: 400,
      save: async (key, text) => {
        await save(text);
        saved.push(`${key.openid}: ${text}`);
      },
      onError: (_key, error) => errors.push(error),
    });
    return { drafts, saved, errors };
  }

  it('are saved once typing pauses, with the last text', async () => {
    const { drafts, saved } = saver();
    drafts.changed(anna, 'h');
    drafts.changed(anna, 'hi');
    expect(saved).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(saved).toEqual([`${OPENID}: hi`]);
    expect(drafts.unsaved(anna)).toBeNull();
  });

  it('are kept for each conversation when the user goes to another one', async () => {
    const { drafts, saved } = saver();
    drafts.changed(anna, 'for anna');
    drafts.changed(bert, 'for bert');
    await drafts.flushAll();
    expect(saved.sort()).toEqual([`${bert.openid}: for bert`, `${OPENID}: for anna`].sort());
  });

  it('are saved in order even when an earlier save is slow', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const { drafts, saved } = saver((text) => (text === 'one' ? slow : Promise.resolve()));
    drafts.changed(anna, 'one');
    const first = drafts.flush(anna);
    drafts.changed(anna, 'two');
    const second = drafts.flush(anna);
    release();
    await Promise.all([first, second]);
    expect(saved).toEqual([`${OPENID}: one`, `${OPENID}: two`]);
  });

  it('stay with the page when main refuses them, and are saved by the next attempt', async () => {
    let full = true;
    const { drafts, saved, errors } = saver(() =>
      full ? Promise.reject(new Error('full')) : Promise.resolve(),
    );
    drafts.changed(anna, 'kept');
    await drafts.flush(anna);
    expect(errors).toHaveLength(1);
    expect(drafts.unsaved(anna)).toBe('kept');
    full = false;
    await drafts.flush(anna);
    expect(saved).toEqual([`${OPENID}: kept`]);
  });
});
