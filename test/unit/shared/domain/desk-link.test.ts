import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationLink, linkInArguments, parseDeskLink } from '#shared/domain/desk-link';

const APPID = 'wx0123456789abcdef';
const OPENID = 'oABcd_efgh-ijklmnop1234567890';

describe('a link to the app', () => {
  it('names a conversation, a queue or the inbox', () => {
    const conversation = { kind: 'conversation', appid: APPID, openid: OPENID };
    expect(parseDeskLink(`oadesk://conversation/${APPID}/${OPENID}`)).toEqual(conversation);
    expect(parseDeskLink(conversationLink(APPID, OPENID))).toEqual(conversation);
    expect(parseDeskLink(`OADESK://conversation/${APPID}/${OPENID}/`)).toEqual(conversation);
    expect(parseDeskLink('oadesk://closing-soon')).toEqual({ kind: 'closing-soon' });
    expect(parseDeskLink('oadesk://needs-reply/')).toEqual({ kind: 'needs-reply' });
    expect(parseDeskLink('oadesk://')).toEqual({ kind: 'inbox' });
  });

  it.each([
    '',
    'oadesk:',
    'oadesk:conversation',
    'https://example.com',
    'oadesk://conversation',
    `oadesk://conversation/${APPID}`,
    `oadesk://conversation/wx01234567/${OPENID}`,
    `oadesk://conversation/${APPID}/../${OPENID}`,
    `oadesk://conversation/${APPID}/%2e%2e`,
    `oadesk://conversation/${APPID}/${OPENID}?text=hi`,
    `oadesk://conversation/${APPID}/${OPENID}#x`,
    `oadesk://conversation/${APPID}/${OPENID}\n`,
    ` oadesk://conversation/${APPID}/${OPENID}`,
    `oadesk://user@conversation/${APPID}/${OPENID}`,
    `oadesk://conversation:80/${APPID}/${OPENID}`,
    `oadesk://conversation/${APPID}/${'o'.repeat(300)}`,
    'oadesk://settings',
    'oadesk://inbox/javascript:alert(1)',
  ])('is refused when it is not exactly one of ours: %j', (link) => {
    expect(parseDeskLink(link)).toBeNull();
  });

  it('never yields anything but the ids it was made of, whatever is thrown at it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((tail) => `oadesk://${tail}`),
        ),
        (link) => {
          const place = parseDeskLink(link);
          if (place?.kind !== 'conversation') return;
          expect(place.appid).toMatch(/^wx[0-9a-f]{16}$/);
          expect(place.openid).toMatch(/^[A-Za-z0-9_-]{6,64}$/);
        },
      ),
    );
  });

  it('is found among the arguments of a second start', () => {
    expect(linkInArguments(['/opt/oa-desk', '--no-sandbox', 'oadesk://inbox'])).toBe('oadesk://inbox');
    expect(linkInArguments(['/opt/oadesk', '/home/oadesk:x/file', '--hidden'])).toBeNull();
  });
});
