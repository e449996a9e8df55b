/** A message as one line of words: for the conversation list, notifications and screen readers. */
import type { InboundContent, ShownContent } from '#shared/domain/message';
import { readableText } from '#shared/domain/text-links';
import { withEmoji } from '#shared/domain/wechat-emoji';
import type { Message } from '#shared/ipc/models';
import type { Locale } from '#shared/localized';
import type { Translate } from '../../../i18n/texts';
import { eventWords } from './event-words';
import type { contentTexts } from './texts';

type T = Translate<(typeof contentTexts)['zh-CN']>;

export function describeMessage(message: Message, t: T, locale: Locale): string {
  const words =
    message.body.direction === 'in'
      ? describeInbound(message.body.content, t, locale)
      : describeOutbound(message.body.content, t);
  return oneLine(words);
}

function describeInbound(content: InboundContent, t: T, locale: Locale): string {
  switch (content.kind) {
    case 'text':
      if (content.text.trim() === '') return t('emptyText');
      return content.menuItemId === undefined
        ? withEmoji(readableText(content.text))
        : t('choseOption', { text: withEmoji(readableText(content.text)) });
    case 'image':
      return t('image');
    case 'voice':
      return content.recognition ? t('voiceText', { text: content.recognition }) : t('voice');
    case 'video':
      return content.short ? t('shortVideo') : t('video');
    case 'location':
      return content.label.trim() === '' ? t('locationPlain') : t('location', { label: content.label });
    case 'link':
      return t('link', { title: content.title });
    case 'miniprogram':
      return t('miniprogram', { title: content.title });
    case 'event':
      return eventWords(content.event, t, locale);
    case 'unsupported':
      return t('unsupported');
  }
}

function describeOutbound(content: ShownContent, t: T): string {
  switch (content.kind) {
    case 'text':
      return withEmoji(readableText(content.text));
    case 'image':
      return t('image');
    case 'voice':
      return t('voice');
    case 'video':
    case 'video-reply':
      return t('video');
    case 'music':
      return t('music', { title: content.title });
    case 'news':
      return t('news', { title: content.title });
    case 'articles':
      return t('news', { title: content.articles[0]?.title ?? '' });
    case 'transfer':
      return transferWords(content.kfAccount, t);
    case 'unsupported':
      return t('unsupported');
    case 'article':
      return content.title ? t('articleTitled', { title: content.title }) : t('article');
    case 'menu':
      return t('menu', { head: content.head });
    case 'card':
      return t('card');
    case 'miniprogram':
      return t('miniprogram', { title: content.title });
  }
}

/** To whom an automatic reply handed a message over. */
export function transferWords(kfAccount: string | null, t: T): string {
  return kfAccount === null ? t('transferred') : t('transferredTo', { account: kfAccount });
}

/** Line breaks and runs of white space become one space; a row has one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
