import { describe, expect, it } from 'vitest';
import { APP_ERROR_CODES, errorCard, explain } from '#shared/error-texts';

describe('explain', () => {
  it.each([...APP_ERROR_CODES])('has title, cause and advice for %s in both languages', (code) => {
    for (const text of Object.values(explain({ code }))) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/[A-Za-z]{3}/);
      expect(text.zh).not.toBe(text.en);
      expect(text.zh + text.en).not.toMatch(/[{}]/);
    }
  });

  it('puts the values of the error into the text', () => {
    const text = explain({ code: 'account/whitelist', params: { ip: '203.0.113.9' } });
    expect(text.advice.zh).toContain('203.0.113.9');
    expect(text.advice.en).toContain('203.0.113.9');
    expect(explain({ code: 'media/too-large', params: { limit: '10 MB' } }).cause.en).toContain('10 MB');
  });

  it('does not take a value for a placeholder from the prototype or expand one twice', () => {
    const text = explain({ code: 'media/too-large', params: { limit: '{limit} $& {constructor}' } });
    expect(text.cause.en).toContain('{limit} $& {constructor}');
  });

  it('[S1.6] explains an errcode of WeChat by its card, whichever way it is given', () => {
    const byCode = explain({ code: 'wechat/45015' });
    const byNumber = explain({ code: 'send/failed', errcode: 45015, errmsg: 'response out of time limit' });
    expect(byNumber).toEqual(byCode);
    expect(byCode.cause.zh).toContain('48 小时');
    expect(byCode.advice.en).toContain('Wait for their next message');
  });

  it('names a code that it does not know instead of guessing', () => {
    expect(explain({ code: 'made/up' }).cause.zh).toContain('made/up');
    const text = explain({
      code: 'wechat/99887766',
      errmsg: 'odd thing rid: 6aac0063-7ed08fb9-1250f724',
    });
    expect(text.title.en).toContain('99887766');
    expect(text.cause.en).toContain('odd thing');
    expect(text.advice.en).toContain('6aac0063-7ed08fb9-1250f724');
  });

  it('says unknown where a value is missing', () => {
    expect(explain({ code: 'keychain/unavailable' }).cause.en).toContain('unknown');
  });
});

describe('the card behind an error', () => {
  it('[S1.9] is that of WeChat’s errcode, and nothing for errors of our own', () => {
    expect(errorCard({ code: 'wechat/45047' })?.errcode).toBe(45047);
    expect(errorCard({ code: 'send/window-closed' })).toBeNull();
    expect(errorCard({ code: 'wechat/99887766' })).toBeNull();
  });

  it('leaves out a step about an address that is not known', () => {
    const without = errorCard({ code: 'wechat/40164' });
    const given = errorCard({ code: 'wechat/40164', params: { ip: '203.0.113.9' } });
    expect(without?.checklist.length).toBe((given?.checklist.length ?? 0) - 1);
    expect(
      explain({ code: 'account/whitelist', errcode: 40164, params: { ip: '203.0.113.9' } }).advice.en,
    ).toContain('Copy the address 203.0.113.9.');
  });
});
