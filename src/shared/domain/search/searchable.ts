/** What can be found of a message. */
import type { InboundContent, ShownContent } from '../message';
import { readableText } from '../text-links';
import { withEmoji } from '../wechat-emoji';
import type { HasKind } from './query';

const ADDRESS = /https?:\/\/\S/iu;

/** The words of a message; empty where it has none. The same text is indexed, checked and shown as a snippet. */
export function searchableText(content: InboundContent | ShownContent): string {
  switch (content.kind) {
    case 'text':
      return withEmoji(readableText(content.text));
    case 'voice':
      return ('recognition' in content && content.recognition) || '';
    case 'location':
      return content.label;
    case 'link':
    case 'music':
    case 'news':
      return joined(content.title, content.description);
    case 'video':
    case 'video-reply':
      return joined(
        ('title' in content && content.title) || '',
        ('description' in content && content.description) || '',
      );
    case 'miniprogram':
      return content.title;
    case 'articles':
      return joined(...content.articles.flatMap(({ title, description }) => [title, description]));
    case 'menu':
      return joined(content.head, ...content.items.map((item) => item.content), content.tail);
    case 'image':
    case 'article':
    case 'card':
    case 'transfer':
    case 'event':
    case 'unsupported':
      return '';
  }
}

/** What `has:` finds it by. */
export function kindsOf(content: InboundContent | ShownContent): HasKind[] {
  switch (content.kind) {
    case 'image':
    case 'voice':
    case 'video':
    case 'location':
    case 'miniprogram':
      return [content.kind];
    case 'video-reply':
      return ['video'];
    case 'link':
    case 'news':
    case 'article':
    case 'articles':
      return ['link'];
    case 'text':
      return ADDRESS.test(content.text) ? ['link'] : [];
    case 'unsupported':
      return content.msgType === 'file' ? ['file'] : [];
    default:
      return [];
  }
}

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text.trim() !== '').join(' · ');
}
