/** What a message holds as one line of words: for lists, notifications and screen readers. */
import type { Locale, Localized } from '../localized';
import { pick } from '../localized';
import type { InboundContent, ShownContent } from './message';
import { readableText } from './text-links';
import { withEmoji } from './wechat-emoji';

/** Everything but what is said in sentences of its own. */
export type Describable = Exclude<InboundContent | ShownContent, { kind: 'event' | 'transfer' }>;

const PHRASES = {
  image: { zh: '[图片]', en: '[Image]' },
  voice: { zh: '[语音]', en: '[Voice]' },
  video: { zh: '[视频]', en: '[Video]' },
  shortVideo: { zh: '[小视频]', en: '[Short video]' },
  location: { zh: '[位置]', en: '[Location]' },
  link: { zh: '[链接]', en: '[Link]' },
  miniprogram: { zh: '[小程序]', en: '[Mini program]' },
  music: { zh: '[音乐]', en: '[Music]' },
  news: { zh: '[图文]', en: '[Link card]' },
  article: { zh: '[文章]', en: '[Article]' },
  menu: { zh: '[菜单消息]', en: '[Menu message]' },
  card: { zh: '[卡券]', en: '[Coupon]' },
  other: { zh: '[其他消息]', en: '[Other message]' },
  chose: { zh: '选择了：', en: 'Chose: ' },
  nothing: { zh: '（空消息）', en: '(empty message)' },
} as const satisfies Record<string, Localized>;

export function describeContent(content: Describable, locale: Locale): string {
  return oneLine(wordsOf(content, (phrase) => pick(PHRASES[phrase], locale)));
}

function wordsOf(content: Describable, say: (phrase: keyof typeof PHRASES) => string): string {
  switch (content.kind) {
    case 'text': {
      if (content.text.trim() === '') return say('nothing');
      const words = withEmoji(readableText(content.text));
      return 'menuItemId' in content && content.menuItemId !== undefined ? say('chose') + words : words;
    }
    case 'image':
    case 'card':
      return say(content.kind);
    case 'voice':
      return `${say('voice')} ${('recognition' in content && content.recognition) || ''}`;
    case 'video':
      return say('short' in content && content.short ? 'shortVideo' : 'video');
    case 'video-reply':
      return say('video');
    case 'location':
      return `${say('location')} ${content.label}`;
    case 'link':
    case 'miniprogram':
    case 'music':
    case 'news':
      return `${say(content.kind)} ${content.title}`;
    case 'articles':
      return `${say('news')} ${content.articles[0]?.title ?? ''}`;
    case 'article':
      return `${say('article')} ${content.title ?? ''}`;
    case 'menu':
      return `${say('menu')} ${content.head}`;
    case 'unsupported':
      return say('other');
  }
}

/** Line breaks and runs of white space become one space. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
