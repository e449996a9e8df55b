import { useMemo } from 'react';
import { withEmoji } from '#shared/domain/wechat-emoji';
import { useOpenLink } from '../open-link';
import styles from './bubbles.module.css';
import { linkify } from './linkify';
import { Searched } from './searched';

/** What people wrote: always text, line breaks kept, WeChat's emoji codes drawn, https addresses can be opened. */
export function TextContent({ text }: { readonly text: string }) {
  const openLink = useOpenLink();
  const parts = useMemo(() => linkify(text), [text]);
  return (
    <p className={`${styles['text']} selectable`}>
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          <Searched key={index} text={withEmoji(part.text)} />
        ) : (
          <a
            key={index}
            href={part.url}
            className={styles['textLink']}
            title={part.url}
            onClick={(event) => {
              event.preventDefault();
              openLink(part.url);
            }}
            onAuxClick={(event) => event.preventDefault()}
          >
            <Searched text={part.text} />
          </a>
        ),
      )}
    </p>
  );
}
