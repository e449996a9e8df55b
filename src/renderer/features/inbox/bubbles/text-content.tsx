import { useMemo } from 'react';
import { parseText } from '#shared/domain/text-links';
import { withEmoji } from '#shared/domain/wechat-emoji';
import { useOpenLink } from '../open-link';
import styles from './bubbles.module.css';
import { httpsUrl, linkify } from './linkify';
import { Searched } from './searched';

/** What people wrote: always text, line breaks kept, WeChat's emoji codes drawn, https addresses can be opened. */
export function TextContent({ text }: { readonly text: string }) {
  const openLink = useOpenLink();
  const parts = useMemo(() => partsOf(text), [text]);
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
            <Searched text={withEmoji(part.text)} />
          </a>
        ),
      )}
    </p>
  );
}

/** Links that the text makes itself (`<a href>`), and addresses that are written out. Code never shows. */
function partsOf(text: string): ReturnType<typeof linkify> {
  return parseText(text).flatMap((part) => {
    if (part.kind === 'text') return linkify(part.raw);
    const { words, target } = part.link;
    const url = httpsUrl(target.url);
    return url === null
      ? { kind: 'text' as const, text: words }
      : { kind: 'link' as const, text: words, url };
  });
}
