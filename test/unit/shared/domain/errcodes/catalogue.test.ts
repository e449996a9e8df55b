import { describe, expect, it } from 'vitest';
import { ACTION_IDS, actionLabel } from '#shared/domain/errcodes/actions';
import { allCards, errcodeCard, errcodeOfText } from '#shared/domain/errcodes/catalogue';
import { parseErrmsg } from '#shared/domain/errcodes/parse-errmsg';
import { errorCard } from '#shared/error-texts';
import type { Localized } from '#shared/localized';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Copied by hand from WeChat's tables, section by section; ranges as printed there. */
// prettier-ignore
const DOCUMENTED: Readonly<Record<string, readonly number[]>> = {
  'credentials, permission, limits': [
    -1, 0, 40001, 40002, 40013, 40014, 40125, 40164, 40243, 41001, 41002, 41004, 42001, 42002, 42003, 42006,
    42007, 42010, 43001, 43002, 43003, 45009, 45011, 45035, 61004, 48001, 48003, 48004, 48006, 48008, 48012,
    50001, 50002, 50004, 50007, 61451, 76001, 76002, 76003, 76004, 76021, 76022, 89501, 89502, 89503, 89504,
    89505, 89506, 89507, 268487001, 268487002, 268488001, 9001002, 9500001, 9500002,
  ],
  'parameters, body, media, articles': [
    40003, 40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012, 40031, 40032, 40033, 40035, 40097,
    40036, 40037, 40038, 40039, 40048, 40050, 40051, 40117, 40052, 40053, 40059, 40060, 40062, 40065, 40066,
    40068, 40092, 40102, 40103, 40114, 40118, 40121, 40128, 40130, 40132, 40137, 40152, 40155, 40163, 40165,
    40166, 40170, 40200, 40201, 40202, 40203, 40204, 40246, 40247, 40249, 41003, 41005, 41006, 41007, 41008,
    41009, 41018, 41019, 41020, 41021, 41030, 41039, 43004, 43005, 43019, 43101, 43106, 43116, 44001, 44002,
    44003, 44004, 44005, 45001, 45002, 45003, 45004, 45005, 45006, 45007, 45008, 45064, 45157, 45158, 45159,
    45162, 45166, 46001, 46002, 46003, 46004, 47001, 47003, 49003, 53404, 53405, 53406, 53503, 53504, 53505,
    53600, 9410010, 9410011, 9410012, 48005,
  ],
  messaging: [
    45015, 45047, 48002, 45028, 45050, 45052, 45062, 45065, 45066, 45067, 45072, 45080, 45081, 45082, 45083,
    45084, 45085, 45087, 45094, 45093, 45098, 45099, 45113, 45012, 45013, 45014, 45026, 45027, 45051, 45036,
    45040, 48013, 48014, 48021, 48022, 50005, 70000, 200001, 200002, 200011, 200012, 200013, 200014,
    ...range(200016, 200022), 200100, 43107,
  ],
  workers: [61400, 61401, ...range(61450, 61457), ...range(65400, 65417)],
  'tags and users': [45016, 45017, 45018, 45056, 45057, 45058, 45059, 45169, 45171],
  menu: [
    ...range(40015, 40028), 40033, 40054, 40055, 40119, 40120, 45010, 45048, 46002, 46003,
    ...range(65301, 65314), ...range(65316, 65320),
  ],
  'QR, cards, comments, statistics': [
    45029, ...range(40071, 40080), 40099, ...range(40107, 40116), 40122, 40127, 45021, ...range(45030, 45033),
    45039, 45041, ...range(88000, 88005), ...range(88007, 88011), 87009, 48015, 61500, 61501, 61503,
    ...range(89000, 89004), 40029, 40030, ...range(43009, 43013),
  ],
  'third-party platform': [...range(61000, 61030), 45035, 40091, 40094],
};

describe('the errcode catalogue', () => {
  for (const [section, codes] of Object.entries(DOCUMENTED)) {
    it(`[S1.9] explains every code of ${section}`, () => {
      expect(codes.filter((code) => errcodeCard(code) === null)).toEqual([]);
    });
  }

  it('[S1.9] every card has code, errmsg, meaning, cause, trigger, why, checklist, actions and an official link', () => {
    for (const card of allCards()) {
      const texts: Localized[] = [card.meaning, card.cause, card.trigger, card.why, ...card.checklist];
      expect(card.checklist.length, `${card.errcode}`).toBeGreaterThan(0);
      for (const text of texts) {
        expect(text.zh, `${card.errcode}`).toMatch(/\p{Script=Han}/u);
        expect(text.en, `${card.errcode} ${text.zh}`).toMatch(/[A-Za-z]{2}/);
        expect(text.zh).not.toBe(text.en);
        expect(`${text.zh}${text.en}`).not.toMatch(/[。.]$/);
      }
      expect(card.errmsg).not.toBe('');
      expect(card.actions.length).toBeGreaterThan(0);
      expect(new URL(card.link).host).toBe('developers.weixin.qq.com');
    }
  });

  it('explains no code twice', () => {
    const codes = allCards().map((card) => card.errcode);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  });

  it('has no card for a code that WeChat never documented', () => {
    expect(errcodeCard(99999999)).toBeNull();
  });

  it('[S1.6] 45015: nobody wrote in time; wait, reply passively or send a notice', () => {
    const card = errcodeCard(45015);
    expect(card?.errmsg).toBe('response out of time limit or subscription is canceled');
    expect(card?.cause.en).toContain('48 hours');
    expect(card?.actions).toEqual(['wait-for-user', 'use-passive-reply', 'use-subscription-notice']);
    expect(card?.retry).toBe('after-user');
  });

  it('[S1.7] 43004: not following, unfollowed, left again, or an account without the interface', () => {
    const card = errcodeCard(43004);
    expect(card?.cause.zh).toMatch(/从未关注.*已取消关注.*退出.*账号类型/);
    expect(card?.actions.slice(0, 3)).toEqual(['guide-to-follow', 'check-unfollow', 'check-account-type']);
  });

  it('[S1.8] 61016: permission or verification missing or expired', () => {
    const card = errcodeCard(61016);
    expect(card?.cause.en).toMatch(/not verified.*expired.*permission set/);
    expect(card?.actions).toEqual(['check-verification', 'check-expiry', 're-authorise']);
  });

  it('[S3.14] the text of a refusal leads to its card, and its rid can be copied', () => {
    const errmsg = 'out of response count limit rid: 6aac0063-7ed08fb9-1250f724';
    expect(errcodeOfText(errmsg)).toBe(45047);
    expect(parseErrmsg(errmsg)).toEqual({
      text: 'out of response count limit',
      rid: '6aac0063-7ed08fb9-1250f724',
      ip: null,
    });
    expect(errcodeOfText('Out of response count limit hint: [abc123]')).toBe(45047);
  });

  it('a text that several codes share leads to none of them', () => {
    expect(errcodeOfText('kf_account count')).toBeNull();
    expect(errcodeOfText('system busy')).toBeNull();
  });

  it('finds the address that is not on the whitelist and puts it on the card', () => {
    const errmsg =
      'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 65a1b2c3-1a2b3c4d-5e6f7081';
    expect(parseErrmsg(errmsg).ip).toBe('203.0.113.9');
    const card = errorCard({ code: 'wechat/40164', errcode: 40164, errmsg });
    expect(card?.cause.zh).toContain('203.0.113.9');
    expect(card?.checklist[0]?.en).toBe('Copy the address 203.0.113.9');
  });

  it('reads the comma before rid that some endpoints write', () => {
    expect(parseErrmsg('invalid appid, rid: 65a1b2c3-1a2b3c4d-5e6f7081')).toMatchObject({
      text: 'invalid appid',
      rid: '65a1b2c3-1a2b3c4d-5e6f7081',
    });
  });

  it.each([
    ['out of response count limit hint: [abc123]', 'abc123'],
    ['out of response count limit hints: [ req_id: Xy.1-9 ]', 'Xy.1-9'],
    ['out of response count limit hint: []', null],
  ])('reads the older forms of a request id: %s', (errmsg, rid) => {
    expect(parseErrmsg(errmsg)).toEqual({ text: 'out of response count limit', rid, ip: null });
  });

  it('every action has a label in both languages', () => {
    for (const id of ACTION_IDS) {
      expect(actionLabel(id).zh).toMatch(/\p{Script=Han}/u);
      expect(actionLabel(id).en).toMatch(/[A-Za-z]{2}/);
    }
  });

  it('a token is refreshed for dead tokens only, and nothing that was sent is retried by itself', () => {
    for (const code of [40001, 40014, 42001]) expect(errcodeCard(code)?.retry).toBe('after-token');
    for (const code of [45015, 45047]) expect(errcodeCard(code)?.retry).toBe('after-user');
    expect(errcodeCard(43004)?.retry).toBe('never');
  });
});
