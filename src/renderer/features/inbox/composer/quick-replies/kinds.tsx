import type { ReactNode } from 'react';
import type { QuickReplyBody } from '#shared/domain/quick-replies/quick-reply';
import type { IconName } from '../../../../ui/icon';
import { Icon } from '../../../../ui/icon';

type Kind = QuickReplyBody['kind'];

const ICONS: Readonly<Record<Kind, IconName>> = {
  text: 'quickReply',
  image: 'image',
  menu: 'choices',
  news: 'link',
  article: 'article',
  miniprogram: 'miniprogram',
  music: 'music',
};

export const KIND_NAMES = {
  text: 'kindText',
  image: 'kindImage',
  menu: 'kindMenu',
  news: 'kindNews',
  article: 'kindArticle',
  miniprogram: 'kindMiniprogram',
  music: 'kindMusic',
} as const satisfies Readonly<Record<Kind, string>>;

/** The kind of a reply as a small drawing. */
export function KindIcon({ kind }: { readonly kind: Kind }): ReactNode {
  return <Icon name={ICONS[kind]} size={16} />;
}
