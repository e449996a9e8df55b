/** Cards as a phone shows them: in the chat, and in the preview while they are written. */
import type { ReactNode } from 'react';
import type { MenuItem } from '#shared/domain/cards/card';
import { useTexts } from '../../../i18n/texts';
import type { IconName } from '../../../ui/icon';
import { Icon } from '../../../ui/icon';
import { useOpenLink } from '../open-link';
import { httpsUrl } from './linkify';
import styles from './sent-cards.module.css';
import { TextContent } from './text-content';
import { contentTexts } from './texts';

function Foot(props: { readonly icon: IconName; readonly words: string; readonly url?: string | undefined }) {
  const t = useTexts(contentTexts);
  const openLink = useOpenLink();
  const url = httpsUrl(props.url ?? '');
  return (
    <p className={styles['foot']}>
      <Icon name={props.icon} size={12} />
      <span>{props.words}</span>
      {url === null ? null : (
        <button type="button" className={styles['open']} onClick={() => openLink(url)}>
          {t('openLink')}
          <Icon name="external" size={12} />
        </button>
      )}
    </p>
  );
}

/** A picture that this computer has; the address of one elsewhere is not fetched, WeChat does that. */
function Picture(props: { readonly url: string | null; readonly icon: IconName; readonly shape: string }) {
  return (
    <span className={styles['picture']} data-shape={props.shape}>
      {props.url === null ? (
        <Icon name={props.icon} size={props.shape === 'wide' ? 32 : 20} />
      ) : (
        <img src={props.url} alt="" draggable={false} />
      )}
    </span>
  );
}

function Title({ children, fallback }: { readonly children: string; readonly fallback: string }) {
  return (
    <p className={`${styles['title']} selectable`} data-empty={children.trim() === '' || undefined}>
      {children.trim() === '' ? fallback : children}
    </p>
  );
}

/** Host of an address, for the line under a card. */
function hostOf(url: string): string | null {
  return /^https?:\/\/([^/?#\s]+)/i.exec(url.trim())?.[1] ?? null;
}

export function NewsCard(props: {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly picture: string | null;
}) {
  const t = useTexts(contentTexts);
  return (
    <div className={styles['card']}>
      <Title fallback={t('cardNoTitle')}>{props.title}</Title>
      <div className={styles['beside']}>
        <p className={`${styles['text']} selectable`}>{props.description}</p>
        <Picture url={props.picture} icon="link" shape="square" />
      </div>
      <Foot icon="link" words={hostOf(props.url) ?? t('linkName')} url={props.url} />
    </div>
  );
}

export function ArticleCard(props: {
  readonly title: string;
  readonly digest: string;
  readonly url: string;
}) {
  const t = useTexts(contentTexts);
  return (
    <div className={styles['card']}>
      <Title fallback={t('articleName')}>{props.title}</Title>
      {props.digest === '' ? null : <p className={`${styles['text']} selectable`}>{props.digest}</p>}
      <Foot icon="file" words={t('articleName')} url={props.url} />
    </div>
  );
}

export function MusicCard(props: {
  readonly title: string;
  readonly description: string;
  readonly picture: string | null;
  readonly url: string;
}) {
  const t = useTexts(contentTexts);
  return (
    <div className={styles['card']}>
      <div className={styles['beside']}>
        <div className={styles['words']}>
          <Title fallback={t('cardNoTitle')}>{props.title}</Title>
          <p className={`${styles['text']} selectable`}>{props.description}</p>
        </div>
        <span className={styles['playable']}>
          <Picture url={props.picture} icon="music" shape="square" />
          <span className={styles['playMark']} aria-hidden>
            <Icon name="play" size={14} />
          </span>
        </span>
      </div>
      <Foot icon="music" words={t('musicName')} url={props.url} />
    </div>
  );
}

export function MiniprogramPreview(props: {
  readonly title: string;
  readonly appId: string;
  readonly pagePath: string;
  readonly picture: string | null;
}) {
  const t = useTexts(contentTexts);
  return (
    <div className={styles['card']}>
      <Title fallback={t('cardNoTitle')}>{props.title}</Title>
      <Picture url={props.picture} icon="miniprogram" shape="wide" />
      <p className={`${styles['fact']} mono selectable`}>
        {[props.appId, props.pagePath].filter(Boolean).join(' · ')}
      </p>
      <Foot icon="miniprogram" words={t('miniprogramName')} />
    </div>
  );
}

/** Head, options and tail in one bubble of text; the options are links that answer by a tap. */
export function MenuMessage(props: {
  readonly head: string;
  readonly items: readonly MenuItem[];
  readonly tail: string;
}) {
  const t = useTexts(contentTexts);
  return (
    <div className={styles['menu']}>
      <Lines text={props.head} />
      <ul className={styles['options']} aria-label={t('menuOptions')}>
        {props.items.map((item) => (
          <li key={item.id} className={`${styles['option']} selectable`}>
            {item.content.trim() === '' ? '…' : item.content}
          </li>
        ))}
      </ul>
      <Lines text={props.tail} />
    </div>
  );
}

function Lines({ text }: { readonly text: string }): ReactNode {
  return text.trim() === '' ? null : <TextContent text={text} />;
}
