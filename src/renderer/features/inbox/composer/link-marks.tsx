import { useEffect, useRef } from 'react';
import type { TextLink } from '#shared/domain/text-links';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { composerTexts } from './composer-texts';
import { cut } from './link-tokens';
import styles from './tray.module.css';

/** Marks the links in the field: the field's own text again, without its letters, behind it. */
export function LinkMarks(props: { readonly text: string; readonly links: readonly TextLink[] }) {
  const place = useRef<HTMLDivElement>(null);
  const parts = cut(props.text, props.links);
  const marked = parts.some((part) => part.link !== null);
  useEffect(() => {
    const marks = place.current;
    const field = marks?.parentElement?.querySelector('textarea');
    if (!marks || !field) return undefined;
    const follow = () => {
      marks.scrollTop = field.scrollTop;
    };
    follow();
    field.addEventListener('scroll', follow);
    return () => field.removeEventListener('scroll', follow);
  }, [marked]);
  if (!marked) return null;
  return (
    <div ref={place} className={styles['marks']} aria-hidden>
      {parts.map((part, index) =>
        part.link ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
      )}
      {'\n'}
    </div>
  );
}

/** Where the links in the field lead, to be read once more before sending. */
export function LinksInText(props: { readonly text: string; readonly links: readonly TextLink[] }) {
  const t = useTexts(composerTexts);
  const links = cut(props.text, props.links).flatMap((part) => part.link ?? []);
  if (links.length === 0) return null;
  return (
    <ul className={styles['links']} aria-label={t('linksInText')}>
      {links.map(({ words, target }, index) => (
        <li key={index}>
          <Icon name="link" size={14} />
          <span className={styles['linkWords']}>{words}</span>
          <span className={styles['address']} title={target.url}>
            {target.kind === 'miniprogram'
              ? `${t('linkProgram')} ${target.appId} · ${target.path}`
              : target.url}
          </span>
        </li>
      ))}
    </ul>
  );
}
