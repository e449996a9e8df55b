import { describe, expect, it } from 'vitest';
import type { HelpArticle } from '#shared/domain/help/article';
import { HELP_ARTICLES, searchHelp } from '#shared/domain/help/search';

const article = (id: string): HelpArticle => {
  const found = HELP_ARTICLES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`there is no help on ${id}`);
  return found;
};
const words = (id: string): { zh: string; en: string } => {
  const { question, answer, steps = [] } = article(id);
  const all = [question, ...answer, ...steps];
  return { zh: all.map(({ zh }) => zh).join('\n'), en: all.map(({ en }) => en).join('\n') };
};
const firstHit = (query: string): string | undefined => searchHelp(query, 'zh-CN')[0]?.id;

describe('[S3.18] the help in the app', () => {
  it('is complete in both languages, and every id is there once', () => {
    expect(new Set(HELP_ARTICLES.map(({ id }) => id)).size).toBe(HELP_ARTICLES.length);
    for (const { question, answer, steps = [], links = [] } of HELP_ARTICLES)
      for (const { zh, en } of [question, ...answer, ...steps, ...links.map(({ label }) => label)]) {
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en).not.toBe('');
        // Chinese stands in English only as the name of what is on WeChat's page.
        expect(en.replace(/“[^”]*”|（[^）]*）|\([^)]*\)/g, '')).not.toMatch(/\p{Script=Han}/u);
      }
  });

  it('is found by Chinese words of two characters, by English words, and by error codes', () => {
    expect(firstHit('年审')).toBe('verification-expiry');
    expect(firstHit('白名单')).toBe('ip-whitelist');
    expect(firstHit('４０１６４')).toBe('ip-whitelist');
    expect(firstHit('Administrator SCAN')).toBe('who-scans');
    expect(searchHelp('不存在的词', 'zh-CN')).toEqual([]);
    expect(searchHelp('  ', 'en')).toEqual(HELP_ARTICLES);
  });

  it('shows first what has the words in its question', () => {
    expect(searchHelp('二维码', 'zh-CN')[0]?.id).toBe('find-qr');
    expect(searchHelp('verification', 'en')[0]?.id).toBe('verification');
  });

  it('links https pages only', () => {
    for (const { links = [] } of HELP_ARTICLES)
      for (const { url } of links) expect(new URL(url).protocol).toBe('https:');
  });
});

describe('the help says', () => {
  it('[S1.3][S2.8] that qualification opens the interface before the name is through, and that Weibo is not WeChat', () => {
    expect(words('verification').zh).toContain('资质通过后接口就开放了');
    expect(words('verification').zh).toContain('微博的认证不是微信认证');
    expect(words('verification').en).toContain('Weibo is not WeChat verification');
  });

  it('[S1.4] how a foreign company is verified, by the example of Taiwan and its third-party reviewer', () => {
    expect(words('verification-foreign').zh).toMatch(/台湾.*第三方审核/s);
    expect(words('verification-foreign').en).toMatch(/Taiwan.*third party/s);
  });

  it('[S3.1] that personal accounts cannot be connected', () => {
    expect(words('personal-account').zh).toContain('只有公众号');
  });

  it('[S3.2] what happens to accounts that stay unverified', () => {
    expect(words('unverified-30-days').zh).toContain('30 天');
    expect(words('unverified-30-days').en).toContain('30 days');
  });

  it('[S3.3] that the account is free and verification costs a yearly fee', () => {
    expect(words('verification-fee').zh).toMatch(/免费.*按年/s);
  });

  it('[S3.4][S4.4] that the customer follows and writes first', () => {
    expect(words('who-writes-first').zh).toMatch(/先关注.*先发来消息/s);
  });

  it('[S3.5] where the official QR code is', () => {
    expect(article('find-qr').steps).toHaveLength(3);
  });

  it('[S3.6] how an account is found by search', () => {
    expect(words('be-found').zh).toMatch(/名称.*简介/s);
  });

  it('[S4.2] which account to register', () => {
    expect(words('which-account').zh).toMatch(/内地主体的服务号.*认证/s);
  });

  it('[S4.5] that enterprise accounts belong to WeCom', () => {
    expect(words('enterprise-account').zh).toContain('企业微信');
  });

  it('[S4.6] that people with +86 numbers cannot follow overseas accounts', () => {
    expect(words('overseas-reach').zh).toContain('+86');
  });

  it('[S4.9] that the English documents are incomplete, and links the Chinese page beside every English one', () => {
    expect(words('english-docs').en).toContain('Chinese');
    for (const { links = [] } of HELP_ARTICLES)
      if (links.some(({ url }) => url.includes('/en/')))
        expect(links.some(({ url }) => url.includes('/doc/') && !url.includes('/en/'))).toBe(true);
  });

  it('[S2.11] that the administrator scans live, and that operators and pictures are refused', () => {
    expect(words('who-scans').zh).toMatch(/管理员本人.*运营者都不行.*相册/s);
  });

  it('[S2.19] that five providers is the limit and exclusive sets move', () => {
    expect(words('suppliers').zh).toMatch(/最多 5 家.*独占/s);
  });

  it('[S2.21] the path to cancel an authorization', () => {
    expect(words('cancel-authorization').zh).toMatch(/账号设置.*授权管理.*查看平台详情.*取消授权/s);
  });

  it('[S1.17] that notices do not go through the chat', () => {
    expect(words('notify-use-case').zh).toMatch(/不要用聊天消息.*订阅通知或模板消息/s);
  });
});
