/** Every event of a follower or of WeChat as one sentence of a timeline. */
import type { EventContent } from '#shared/domain/message';
import type { Locale } from '#shared/localized';
import type { Translate } from '../../../i18n/texts';
import { formatDate } from '../../../ui/format';
import type { contentTexts } from './texts';

type T = Translate<(typeof contentTexts)['zh-CN']>;

const CARD_WORDS = {
  user_get_card: 'cardGet',
  user_gifting_card: 'cardGift',
  user_del_card: 'cardDelete',
  user_consume_card: 'cardConsume',
  user_pay_from_pay_cell: 'cardPay',
  user_view_card: 'cardView',
  user_enter_session_from_card: 'cardEnter',
  update_member_card: 'cardUpdate',
} as const;

const PICTURE_WORDS = {
  pic_sysphoto: 'picSysPhoto',
  pic_photo_or_album: 'picPhotoOrAlbum',
  pic_weixin: 'picWeixin',
} as const;

/** What happened, in words; keys, addresses and scenes are quoted as they came. */
export function eventWords(event: EventContent, t: T, locale: Locale): string {
  switch (event.name) {
    case 'subscribe':
      return event.scene === null ? t('subscribe') : t('subscribeScene', { scene: event.scene });
    case 'unsubscribe':
      return t('unsubscribe');
    case 'SCAN':
      return t('scan', { scene: event.scene });
    case 'LOCATION':
      return t('reportLocation', { latitude: degrees(event.latitude), longitude: degrees(event.longitude) });
    case 'CLICK':
      return t('click', { key: event.key });
    case 'VIEW':
      return t('view', { url: event.url });
    case 'view_miniprogram':
      return t('viewMiniprogram', { path: event.pagePath });
    case 'scancode_push':
      return t('scanCode', { result: event.scanResult });
    case 'scancode_waitmsg':
      return t('scanCodeWait', { result: event.scanResult });
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return t(PICTURE_WORDS[event.name], { count: event.count });
    case 'location_select':
      return t('locationSelect', { label: event.poiName || event.label || place(event) });
    case 'TEMPLATESENDJOBFINISH':
      return templateWords(event.status, t);
    case 'MASSSENDJOBFINISH':
      return event.status === 'send success'
        ? t('massDone', { count: event.sentCount, errors: event.errorCount })
        : t('massFailed', { status: event.status });
    case 'PUBLISHJOBFINISH':
      return event.publishStatus === 0
        ? t('publishDone')
        : t('publishFailed', { status: event.publishStatus });
    case 'subscribe_msg_popup_event':
    case 'subscribe_msg_change_event':
      return consentWords(event, t);
    case 'subscribe_msg_sent_event':
      return noticeWords(event.items, t);
    case 'user_info_modified':
      return t('infoModified');
    case 'user_authorization_revoke':
      return t('authorizationRevoked');
    case 'user_authorization_cancellation':
      return t('authorizationCancelled');
    case 'kf_create_session':
      return t('kfCreate', { account: event.kfAccount });
    case 'kf_close_session':
      return t('kfClose', { account: event.kfAccount });
    case 'kf_switch_session':
      return t('kfSwitch', { from: event.fromKfAccount, to: event.toKfAccount });
    case 'qualification_verify_success':
      return t('qualificationSuccess', { date: formatDate(event.time, locale) });
    case 'qualification_verify_fail':
      return t('qualificationFail', { reason: event.reason ?? t('noReason') });
    case 'naming_verify_success':
      return t('namingSuccess', { date: formatDate(event.time, locale) });
    case 'naming_verify_fail':
      return t('namingFail', { reason: event.reason ?? t('noReason') });
    case 'annual_renew':
      return t('annualRenew', { date: formatDate(event.time, locale) });
    case 'verify_expired':
      return t('verifyExpired', { date: formatDate(event.time, locale) });
    case 'card':
      return cardWords(event.cardEvent, t);
    case 'other':
      return event.key === null
        ? t('otherEvent', { event: event.event })
        : t('otherEventKey', { event: event.event, key: event.key });
  }
}

/** Five digits are about a metre. */
export function degrees(value: number): string {
  return value.toFixed(5);
}

function place(at: { readonly latitude: number; readonly longitude: number }): string {
  return `${degrees(at.latitude)}, ${degrees(at.longitude)}`;
}

/** WeChat writes `failed:user block` and `failed: system failed`: spaces do not count. */
function templateWords(status: string, t: T): string {
  const plain = status.replaceAll(' ', '');
  if (plain === 'success') return t('templateDone');
  if (plain === 'failed:userblock') return t('templateBlocked');
  return t('templateFailed', { status });
}

function consentWords(
  event: Extract<EventContent, { name: 'subscribe_msg_popup_event' | 'subscribe_msg_change_event' }>,
  t: T,
): string {
  const accepted = event.items.filter((item) => item.status === 'accept').length;
  const rejected = event.items.length - accepted;
  const popup = event.name === 'subscribe_msg_popup_event';
  if (accepted > 0 && rejected > 0) return t('popupMixed', { accepted, rejected });
  if (accepted > 0) return popup ? t('popupAccept') : t('subscriptionOn');
  return popup ? t('popupReject') : t('subscriptionOff');
}

function noticeWords(
  items: Extract<EventContent, { name: 'subscribe_msg_sent_event' }>['items'],
  t: T,
): string {
  const refused = items.find((item) => item.errorCode !== 0);
  return refused ? t('subscriptionNotSent', { status: refused.errorStatus }) : t('subscriptionSent');
}

function cardWords(event: string, t: T): string {
  const known = Object.entries(CARD_WORDS).find(([name]) => name === event);
  return known ? t(known[1]) : t('cardOther', { event });
}
