import { describe, expect, it } from 'vitest';
import type { EventContent, InboundContent, ShownContent } from '#shared/domain/message';
import type { Locale } from '#shared/localized';
import { setLocale } from '../../../../../src/renderer/i18n/i18n';
import { translate } from '../../../../../src/renderer/i18n/texts';
import { describeMessage } from '../../../../../src/renderer/features/inbox/bubbles/describe';
import { contentTexts } from '../../../../../src/renderer/features/inbox/bubbles/texts';
import { automatic, NOON, received } from '../builders';

function words(content: InboundContent, locale: Locale = 'zh-CN'): string {
  setLocale(locale);
  return describeMessage(received(1, content), (key, values) => translate(contentTexts, key, values), locale);
}

function ownWords(content: ShownContent): string {
  setLocale('zh-CN');
  return describeMessage(
    automatic(1, content),
    (key, values) => translate(contentTexts, key, values),
    'zh-CN',
  );
}

const place = { latitude: 23.1, longitude: 113.3 };
const EVENTS: readonly EventContent[] = [
  { name: 'subscribe', scene: null, ticket: null },
  { name: 'subscribe', scene: 'door', ticket: null },
  { name: 'unsubscribe' },
  { name: 'SCAN', scene: 'door', ticket: null },
  { name: 'LOCATION', ...place, precision: 10 },
  { name: 'CLICK', key: 'TODAY' },
  { name: 'VIEW', url: 'https://a.example', menuId: null },
  { name: 'view_miniprogram', pagePath: 'pages/index', menuId: null },
  { name: 'scancode_push', key: 'k', scanType: 'qrcode', scanResult: '42' },
  { name: 'scancode_waitmsg', key: 'k', scanType: 'qrcode', scanResult: '42' },
  { name: 'pic_sysphoto', key: 'k', count: 1 },
  { name: 'pic_photo_or_album', key: 'k', count: 2 },
  { name: 'pic_weixin', key: 'k', count: 3 },
  { name: 'location_select', key: 'k', ...place, label: '', poiName: '' },
  { name: 'TEMPLATESENDJOBFINISH', msgId: '1', status: 'failed: system failed' },
  {
    name: 'MASSSENDJOBFINISH',
    msgId: '1',
    status: 'send success',
    totalCount: 9,
    filterCount: 8,
    sentCount: 7,
    errorCount: 1,
  },
  { name: 'PUBLISHJOBFINISH', publishId: '1', publishStatus: 2, articleId: null },
  { name: 'subscribe_msg_popup_event', items: [{ templateId: 'T', status: 'accept', scene: '2' }] },
  { name: 'subscribe_msg_change_event', items: [{ templateId: 'T', status: 'reject', scene: null }] },
  {
    name: 'subscribe_msg_sent_event',
    items: [{ templateId: 'T', msgId: '1', errorCode: 0, errorStatus: 'success' }],
  },
  { name: 'user_info_modified', openid: 'o', appId: 'wx', revoked: [] },
  { name: 'user_authorization_revoke', openid: 'o', appId: 'wx', revoked: ['205'] },
  { name: 'user_authorization_cancellation', openid: 'o', appId: 'wx', revoked: [] },
  { name: 'kf_create_session', kfAccount: 'kf1@oa' },
  { name: 'kf_close_session', kfAccount: 'kf1@oa' },
  { name: 'kf_switch_session', fromKfAccount: 'kf1@oa', toKfAccount: 'kf2@oa' },
  { name: 'qualification_verify_success', time: NOON, reason: null },
  { name: 'qualification_verify_fail', time: NOON, reason: null },
  { name: 'naming_verify_success', time: NOON, reason: null },
  { name: 'naming_verify_fail', time: NOON, reason: 'by time' },
  { name: 'annual_renew', time: NOON, reason: null },
  { name: 'verify_expired', time: NOON, reason: null },
  { name: 'card', cardEvent: 'user_get_card', cardId: 'c', userCardCode: null },
  { name: 'card', cardEvent: 'giftcard_pay_done', cardId: null, userCardCode: null },
  { name: 'other', event: 'WifiConnected', key: null },
  { name: 'other', event: 'poi_check_notify', key: 'k' },
];

describe('a message in one line of words', () => {
  it('names every kind of message in Chinese and English', () => {
    const kinds: readonly [InboundContent, string, string][] = [
      [{ kind: 'image', mediaId: 'm', picUrl: 'u' }, '[图片]', '[Image]'],
      [{ kind: 'voice', mediaId: 'm', format: 'amr' }, '[语音]', '[Voice]'],
      [{ kind: 'voice', mediaId: 'm', format: 'amr', recognition: '好' }, '[语音] 好', '[Voice] 好'],
      [{ kind: 'video', mediaId: 'm', thumbMediaId: 't', short: false }, '[视频]', '[Video]'],
      [{ kind: 'video', mediaId: 'm', thumbMediaId: 't', short: true }, '[小视频]', '[Short video]'],
      [{ kind: 'location', ...place, scale: 1, label: '天河' }, '[位置] 天河', '[Location] 天河'],
      [{ kind: 'location', ...place, scale: 1, label: '' }, '[位置]', '[Location]'],
      [{ kind: 'link', title: '花', description: '', url: 'https://a.example' }, '[链接] 花', '[Link] 花'],
      [{ kind: 'unsupported', msgType: 'file', raw: '<xml/>' }, '[其他消息]', '[Other message]'],
    ];
    for (const [content, zh, en] of kinds) {
      expect(words(content)).toBe(zh);
      expect(words(content, 'en')).toBe(en);
    }
  });

  it('keeps text as it is, on one line', () => {
    expect(words({ kind: 'text', text: ' 你好\n\n在吗 ' })).toBe('你好 在吗');
    expect(words({ kind: 'text', text: '{{count}} $t(x)' })).toBe('{{count}} $t(x)');
  });

  it('draws the emoji codes of WeChat', () => {
    expect(words({ kind: 'text', text: '好的[微笑]/::)' })).toBe('好的🙂🙂');
  });

  it('never leaves a row blank', () => {
    expect(words({ kind: 'text', text: ' ' })).not.toBe('');
    expect(ownWords({ kind: 'article', articleId: 'a' })).not.toBe('');
    expect(ownWords({ kind: 'video-reply', mediaId: 'M', title: '', description: '' })).toBe('[视频]');
    expect(
      ownWords({ kind: 'articles', articles: [{ title: '春茶', description: '', url: '', picUrl: '' }] }),
    ).toContain('春茶');
    expect(ownWords({ kind: 'transfer', kfAccount: null })).toContain('微信客服');
    expect(ownWords({ kind: 'transfer', kfAccount: 'kf001@demo' })).toContain('kf001@demo');
    expect(ownWords({ kind: 'unsupported', msgType: 'x', raw: '<xml/>' })).toBe('[其他消息]');
    expect(ownWords({ kind: 'menu', head: '满意吗', items: [], tail: '' })).toContain('满意吗');
  });

  it('says every event in words of both languages, without a hole or a bare event name', () => {
    for (const event of EVENTS) {
      for (const locale of ['zh-CN', 'en'] as const) {
        const said = words({ kind: 'event', event }, locale);
        expect(said, event.name).not.toMatch(/\{\{|undefined|null|NaN/u);
        expect(said.length).toBeGreaterThan(3);
        if (event.name !== 'other' && event.name !== 'card') expect(said).not.toContain(event.name);
      }
    }
  });

  it('reads the odd spaces of template results', () => {
    const template = (status: string) =>
      words({ kind: 'event', event: { name: 'TEMPLATESENDJOBFINISH', msgId: '1', status } });
    expect(template('success')).toBe('模板消息已送出');
    expect(template('failed:user block')).toBe(template('failed: user block'));
    expect(template('failed:user block')).toContain('拒收');
  });
});
