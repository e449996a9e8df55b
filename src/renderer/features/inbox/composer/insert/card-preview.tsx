import { useTexts } from '../../../../i18n/texts';
import { ArticleCard, MenuMessage, MiniprogramPreview, MusicCard, NewsCard } from '../../bubbles/sent-cards';
import { TextContent } from '../../bubbles/text-content';
import type { QuickReplyBody } from '#shared/domain/quick-replies/quick-reply';
import styles from './insert.module.css';
import { insertTexts } from './texts';

/** What the customer's phone will show, as far as it can be drawn here. */
export function CardPreview(props: { readonly body: QuickReplyBody; readonly pictureUrl: string | null }) {
  const t = useTexts(insertTexts);
  return (
    <figure className={styles['preview']}>
      <figcaption>{t('preview')}</figcaption>
      <div className={styles['phone']} aria-label={t('preview')} role="img">
        <span className={styles['phoneAvatar']} aria-hidden />
        <div className={styles['phoneBubble']} data-bare={props.body.kind === 'image' || undefined}>
          <Drawn {...props} />
        </div>
      </div>
      <p className={styles['note']}>{t('previewNote')}</p>
    </figure>
  );
}

function Drawn({ body, pictureUrl }: { readonly body: QuickReplyBody; readonly pictureUrl: string | null }) {
  switch (body.kind) {
    case 'text':
      return <TextContent text={body.text.trim() === '' ? '…' : body.text} />;
    case 'image':
      return pictureUrl === null ? null : <img className={styles['phoneImage']} src={pictureUrl} alt="" />;
    case 'music':
      return <MusicCard {...body} picture={pictureUrl} url="" />;
    case 'news':
      return <NewsCard {...body} picture={pictureUrl} />;
    case 'article':
      return <ArticleCard {...body} url="" />;
    case 'miniprogram':
      return <MiniprogramPreview {...body} picture={pictureUrl} />;
    case 'menu':
      return <MenuMessage {...body} />;
  }
}
