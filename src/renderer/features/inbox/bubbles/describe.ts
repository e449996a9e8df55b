/** A message as one line of words: for the conversation list and screen readers. */
import { describeContent } from '#shared/domain/describe-content';
import type { Message } from '#shared/ipc/models';
import type { Locale } from '#shared/localized';
import type { Translate } from '../../../i18n/texts';
import { eventWords } from './event-words';
import type { contentTexts } from './texts';

type T = Translate<(typeof contentTexts)['zh-CN']>;

export function describeMessage({ body: { content } }: Message, t: T, locale: Locale): string {
  switch (content.kind) {
    case 'event':
      return eventWords(content.event, t, locale);
    case 'transfer':
      return transferWords(content.kfAccount, t);
    default:
      return describeContent(content, locale);
  }
}

/** To whom an automatic reply handed a message over. */
export function transferWords(kfAccount: string | null, t: T): string {
  return kfAccount === null ? t('transferred') : t('transferredTo', { account: kfAccount });
}
