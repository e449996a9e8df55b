/** Cards inside bubbles: places, links, mini programs, and what this version does not know. */
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { InboundContent } from '#shared/domain/message';
import { useTexts } from '../../../i18n/texts';
import type { IconName } from '../../../ui/icon';
import { Icon } from '../../../ui/icon';
import { useOpenLink } from '../open-link';
import styles from './bubbles.module.css';
import { httpsUrl } from './linkify';
import { Searched } from './searched';
import { contentTexts } from './texts';

type Kind<K extends InboundContent['kind']> = Extract<InboundContent, { kind: K }>;

/** A titled card with a line that names its kind. */
export function Card(props: {
  readonly icon: IconName;
  readonly kind: string;
  readonly title: ReactNode;
  readonly text?: string;
  readonly facts?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles['card']}>
      <p className={`${styles['cardTitle']} selectable`}>{props.title}</p>
      {props.text ? (
        <p className={`${styles['cardText']} selectable`}>
          <Searched text={props.text} />
        </p>
      ) : null}
      {props.facts}
      <p className={styles['cardFoot']}>
        <Icon name={props.icon} size={14} />
        <span>{props.kind}</span>
        {props.action}
      </p>
    </div>
  );
}

export function OpenLink(props: { readonly url: string; readonly label: string }) {
  const openLink = useOpenLink();
  return (
    <button type="button" className={styles['cardAction']} onClick={() => openLink(props.url)}>
      {props.label}
      <Icon name="external" size={14} />
    </button>
  );
}

export function LinkCard(props: { readonly title: string; readonly text: string; readonly url: string }) {
  const t = useTexts(contentTexts);
  const url = httpsUrl(props.url);
  return (
    <Card
      icon="link"
      kind={url === null ? t('linkName') : new URL(url).hostname}
      title={<Searched text={props.title.trim() === '' ? props.url : props.title} />}
      text={props.text}
      {...(url === null
        ? {
            facts: (
              <p className={`${styles['cardFact']} selectable`}>
                {props.url}
                <br />
                {t('notHttps')}
              </p>
            ),
          }
        : { action: <OpenLink url={url} label={t('openLink')} /> })}
    />
  );
}

export function MiniprogramCard(props: {
  readonly title: string;
  readonly appId: string;
  readonly pagePath: string;
}) {
  const t = useTexts(contentTexts);
  return (
    <Card
      icon="link"
      kind={t('miniprogramName')}
      title={<Searched text={props.title.trim() === '' ? t('miniprogramName') : props.title} />}
      facts={
        <p className={`${styles['cardFact']} mono selectable`}>
          {props.appId}
          <br />
          {props.pagePath}
        </p>
      }
    />
  );
}

export function UnsupportedCard({
  content,
}: {
  readonly content: Pick<Kind<'unsupported'>, 'msgType' | 'raw'>;
}) {
  const t = useTexts(contentTexts);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles['card']}>
      <p className={styles['cardTitle']}>{t('unsupportedName')}</p>
      <p className={styles['cardText']}>{t('unsupportedText', { type: content.msgType })}</p>
      <button
        type="button"
        className={styles['cardAction']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevronDown' : 'chevronRight'} size={14} />
        {open ? t('hideRaw') : t('showRaw')}
      </button>
      {open ? <pre className={`${styles['raw']} selectable`}>{content.raw}</pre> : null}
    </div>
  );
}
