import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import styles from './bubbles.module.css';
import { Card, LinkCard, MiniprogramCard, UnsupportedCard } from './cards';
import { ImageContent } from './image-content';
import { LocationCard } from './location-card';
import { ArticleCard, MenuMessage, MiniprogramPreview, MusicCard, NewsCard } from './sent-cards';
import { TextContent } from './text-content';
import { contentTexts } from './texts';
import { VideoContent } from './video-content';
import { VoiceContent } from './voice-content';

/** The inside of a bubble, for every kind of message of both directions except events. */
export function MessageContent({ message }: { readonly message: Message }) {
  return message.body.direction === 'in' ? (
    <Inbound message={message} content={message.body.content} />
  ) : (
    <Outbound message={message} content={message.body.content} />
  );
}

type ContentOf<D extends 'in' | 'out'> = Extract<Message['body'], { direction: D }>['content'];

function Inbound({ message, content }: { readonly message: Message; readonly content: ContentOf<'in'> }) {
  const t = useTexts(contentTexts);
  switch (content.kind) {
    case 'text':
      return (
        <>
          {content.menuItemId === undefined ? null : <p className={styles['hint']}>{t('menuReply')}</p>}
          <TextContent text={content.text === '' ? t('emptyText') : content.text} />
        </>
      );
    case 'image':
      return <ImageContent message={message} />;
    case 'voice':
      return (
        <VoiceContent message={message} format={content.format} recognition={content.recognition ?? null} />
      );
    case 'video':
      return <VideoContent message={message} short={content.short} />;
    case 'location':
      return <LocationCard content={content} />;
    case 'link':
      return <LinkCard title={content.title} text={content.description} url={content.url} />;
    case 'miniprogram':
      return <MiniprogramCard {...content} />;
    case 'unsupported':
      return <UnsupportedCard content={content} />;
    case 'event':
      return null;
  }
}

function Outbound({ message, content }: { readonly message: Message; readonly content: ContentOf<'out'> }) {
  const t = useTexts(contentTexts);
  switch (content.kind) {
    case 'text':
      return <TextContent text={content.text} />;
    case 'image':
      return <ImageContent message={message} />;
    case 'voice':
      return <VoiceContent message={message} format="" recognition={null} />;
    case 'video':
      return (
        <>
          <VideoContent message={message} short={false} />
          {content.title ? <p className={styles['cardTitle']}>{content.title}</p> : null}
        </>
      );
    case 'video-reply':
      return (
        <>
          <VideoContent message={message} short={false} />
          {content.title ? <p className={styles['cardTitle']}>{content.title}</p> : null}
          {content.description ? <p className={styles['cardText']}>{content.description}</p> : null}
        </>
      );
    case 'music':
      return <MusicCard {...content} picture={message.media.url} url={content.musicUrl} />;
    case 'news':
      return <NewsCard {...content} picture={message.media.url} />;
    case 'articles':
      return (
        <div className={styles['articles']}>
          {content.articles.map((article, index) => (
            <LinkCard key={index} title={article.title} text={article.description} url={article.url} />
          ))}
        </div>
      );
    case 'transfer':
      return null;
    case 'unsupported':
      return <UnsupportedCard content={content} />;
    case 'article':
      return (
        <ArticleCard
          title={content.title ?? content.articleId}
          digest={content.digest ?? ''}
          url={content.url ?? ''}
        />
      );
    case 'menu':
      return <MenuMessage {...content} />;
    case 'card':
      return <Card icon="tag" kind={t('cardName')} title={content.cardId} />;
    case 'miniprogram':
      return <MiniprogramPreview {...content} picture={message.media.url} />;
  }
}
