import type { OwnerNotice } from '#shared/ipc/relay-models';
import type { Locale } from '#shared/localized';
import type { Translate } from '../i18n/texts';
import { formatDateTime } from '../ui/format';
import type { appTexts } from './texts';

/** What a relay reports, as a sentence for the owner. */
export function noticeWords(
  notice: OwnerNotice,
  t: Translate<(typeof appTexts)['zh-CN']>,
  locale: Locale,
): string {
  const { count, device, relay } = notice;
  if (notice.type === 'unread-removed') return t('unreadRemoved', { count, device, relay });
  const when = formatDateTime(notice.removeAt ?? notice.at, locale);
  const key = notice.reason === 'size' ? 'unreadExpiringBySize' : 'unreadExpiring';
  return t(key, { count, device, relay, when });
}
