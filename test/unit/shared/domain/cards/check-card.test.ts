import { describe, expect, it } from 'vitest';
import { emptyCard, newMenuItem, type Card, type MenuCard } from '#shared/domain/cards/card';
import { cardObstacle } from '#shared/domain/cards/card-availability';
import { MAX_MENU_ITEMS } from '#shared/domain/cards/card-limits';
import { checkCard, isWebLink, trimmedCard } from '#shared/domain/cards/check-card';

const wrong = (card: Card): string[] => checkCard(card).map(({ field, problem }) => `${field} ${problem}`);
const news = { ...emptyCard('news'), title: '春茶', url: 'https://tea.example.com' } as Card;
const menu = (...words: string[]): MenuCard => ({
  kind: 'menu',
  head: '请选择',
  items: words.map((content, index) => ({ id: String(101 + index), content })),
  tail: '',
});

describe('a card', () => {
  it('names every field that is still empty', () => {
    expect(wrong(emptyCard('music'))).toEqual(['title missing', 'musicUrl missing', 'picture missing']);
    expect(wrong(emptyCard('news'))).toEqual(['title missing', 'url missing']);
    expect(wrong(emptyCard('miniprogram'))).toEqual([
      'title missing',
      'appId missing',
      'pagePath missing',
      'picture missing',
    ]);
    expect(wrong(emptyCard('article'))).toEqual(['article missing']);
    expect(wrong(emptyCard('menu'))).toEqual(['head missing', 'item:101 missing', 'item:102 missing']);
  });

  it('counts titles by characters, an emoji as one, and takes exactly the limit', () => {
    expect(wrong({ ...news, title: '😀'.repeat(64) } as Card)).toEqual([]);
    expect(checkCard({ ...news, title: '茶'.repeat(65) } as Card)).toEqual([
      { field: 'title', problem: 'too-long', limit: { max: 64, unit: 'characters' }, length: 65 },
    ]);
  });

  it('counts options by bytes and the whole menu message as one text', () => {
    expect(wrong(menu('茶'.repeat(66)))).toEqual([]);
    expect(wrong(menu('茶'.repeat(67)))).toEqual(['item:101 too-long']);
    expect(wrong({ ...menu('好'), head: '茶'.repeat(683) })).toEqual(['whole too-long']);
    expect(wrong({ ...menu('好'), head: '茶'.repeat(681) })).toEqual([]);
  });

  it('refuses too many options, and two that nobody could tell apart', () => {
    const many = Array.from({ length: MAX_MENU_ITEMS + 1 }, (_, index) => `选项 ${index}`);
    expect(wrong(menu(...many))).toEqual(['items too-many']);
    expect(wrong(menu('满意', '一般', ' 满意 '))).toEqual(['item:103 duplicate']);
  });

  it.each(['https://a.example', 'http://a.example:8080/x?y=1#z', 'HTTPS://中文.example/路径'])(
    'takes %s as a link',
    (link) => expect(isWebLink(link)).toBe(true),
  );
  it.each([
    'a.example',
    'ftp://a.example',
    'https://',
    'https:a.example',
    'https://a b',
    'javascript:alert(1)',
  ])('refuses %s as a link', (link) => expect(isWebLink(link)).toBe(false));

  it('takes an AppID and a page path only as WeChat writes them', () => {
    const card: Card = {
      kind: 'miniprogram',
      title: '点单',
      appId: 'wx0123456789abcdef',
      pagePath: 'pages/index',
      pictureId: 'p',
    };
    expect(wrong(card)).toEqual([]);
    expect(wrong({ ...card, appId: 'gh_0123456789ab' })).toEqual(['appId not-an-app-id']);
    expect(wrong({ ...card, pagePath: '/pages/index' })).toEqual(['pagePath leading-slash']);
  });

  it('ignores the address of a picture when a picture of this computer is there', () => {
    expect(wrong({ ...news, picUrl: 'nonsense' } as Card)).toEqual(['picUrl not-a-link']);
    expect(wrong({ ...news, picUrl: 'nonsense', pictureId: 'p' } as Card)).toEqual([]);
  });

  it('is sent without white space around its fields', () => {
    expect(trimmedCard({ ...news, title: ' 春茶\n' } as Card)).toMatchObject({ title: '春茶' });
  });

  it('gives every option an id of its own, also after one was removed', () => {
    const { items } = menu('一', '二', '三');
    expect(newMenuItem(items.filter(({ id }) => id !== '102')).id).toBe('104');
  });
});

describe('what an account cannot send', () => {
  const service = { kind: 'service', verified: true, region: 'mainland' } as const;

  it('is told with the reason: verification, region, permission set', () => {
    expect(cardObstacle('menu', service)).toBeNull();
    expect(cardObstacle('menu', { ...service, verified: false })?.en).toContain('verified');
    expect(cardObstacle('music', { ...service, region: 'overseas' })?.en).toContain('mainland');
    expect(cardObstacle('news', { ...service, region: 'overseas' })).toBeNull();
    expect(cardObstacle('article', { ...service, permissionSets: [1] })?.zh).toContain('群发与通知');
    expect(cardObstacle('menu', { ...service, permissionSets: [1] })).toBeNull();
  });
});
