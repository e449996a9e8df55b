import { SUBSCRIBE_SCENES, subscribeSceneName } from '#shared/domain/subscribe-scene';
import { withEmoji } from '#shared/domain/wechat-emoji';
import type { TimelineEntry } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { uiTexts } from './texts';

const SAID: Readonly<Record<string, keyof (typeof uiTexts)['zh-CN']>> = {
  image: 'saidImage',
  voice: 'saidVoice',
  video: 'saidVideo',
  'video-reply': 'saidVideo',
  location: 'saidLocation',
  link: 'saidLink',
  miniprogram: 'saidMiniprogram',
  article: 'saidArticle',
  news: 'saidArticle',
  articles: 'saidArticle',
  transfer: 'saidTransfer',
  music: 'saidMusic',
  menu: 'saidMenu',
  card: 'saidCard',
};

/** The line under an entry of a timeline, in the user's words: what was said, sent or scanned; null for nothing. */
export function useTimelineDetail(entry: TimelineEntry): string | null {
  const t = useTexts(uiTexts);
  const locale = useLocale();
  if (entry.content !== undefined) return t(SAID[entry.content] ?? 'saidOther');
  const { detail } = entry;
  if (detail === null) return null;
  return SUBSCRIBE_SCENES.includes(detail) ? pick(subscribeSceneName(detail), locale) : withEmoji(detail);
}
