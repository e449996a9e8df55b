import { describe, expect, it } from 'vitest';
import { refreshes, remedyOf, restsUntil } from '../../../../../src/renderer/features/inbox/chat/remedy';

const text = { kind: 'text', text: '您好' } as const;
const image = { kind: 'image', mediaId: 'm' } as const;
const errcode = (code: number) => ({ code: `wechat/${code}`, errcode: code });

describe('button beside a failed message', () => {
  it('[S3.13] waits for the follower when the window is closed, and sends again once it is open', () => {
    for (const code of [45015, 45047]) {
      expect(remedyOf(errcode(code), text, false)).toBe('wait');
      expect(remedyOf(errcode(code), text, true)).toBe('resend');
    }
    expect(remedyOf({ code: 'send/window-closed' }, text, false)).toBe('wait');
  });

  it('[S3.13] leads to the follower who left', () => {
    expect(remedyOf(errcode(43004), text, false)).toBe('follower');
    expect(remedyOf({ code: 'send/not-following' }, text, false)).toBe('follower');
  });

  it('[S3.13] offers to change what was too long, and another file for what was too large', () => {
    expect(remedyOf({ code: 'send/too-long' }, text, true)).toBe('edit');
    expect(remedyOf({ code: 'media/too-large' }, image, true)).toBe('other-image');
    expect(remedyOf({ code: 'send/too-long' }, image, true)).toBe('other-image');
  });

  it('leads to the account that lacks the right', () => {
    expect(remedyOf({ code: 'send/account-cannot' }, text, false)).toBe('account');
  });

  it('offers a new attempt for what is not known here, but never into a closed window', () => {
    expect(remedyOf({ code: 'ipc/unheard-of' }, text, true)).toBe('resend');
    expect(remedyOf(null, text, true)).toBe('resend');
    expect(remedyOf(null, text, false)).toBe('wait');
  });

  it('[S3.13] says until when WeChat would refuse again: a minute, or midnight in Beijing', () => {
    const noon = Date.UTC(2026, 3, 15, 4) / 1000;
    expect(restsUntil(errcode(45009), noon)).toEqual({ at: Date.UTC(2026, 3, 15, 16) / 1000, must: false });
    expect(restsUntil(errcode(45011), noon)).toEqual({ at: noon + 60, must: true });
    expect(restsUntil(errcode(45015), noon)).toBeNull();
    expect(restsUntil(null, noon)).toBeNull();
  });

  it('[S3.13] says when a new attempt comes with a new token', () => {
    expect(refreshes(errcode(40001))).toBe(true);
    expect(refreshes(errcode(45015))).toBe(false);
  });
});
