import Button from 'antd/es/button';
import { useEffect, useId, useRef, useState } from 'react';
import { matchReplies, repliesFor } from '#shared/domain/quick-replies/match';
import { bodyOf, wordsOf, type KeptQuickReply, type Variant } from '#shared/domain/quick-replies/quick-reply';
import { fillText } from '#shared/domain/quick-replies/variables';
import type { Conversation } from '#shared/ipc/models';
import { useSettledAccount } from '../../../../app/accounts-store';
import { openQuickReplies } from '../../../../app/quick-reply-manager';
import { useTexts } from '../../../../i18n/texts';
import { serverNow } from '../../../../ui/clock';
import { useToast } from '../../../../ui/toast';
import { insertReply } from './insert-reply';
import { KindIcon } from './kinds';
import { useLibrary } from './library-store';
import styles from './quick-replies.module.css';
import { quickReplyTexts } from './texts';
import { useCustomerLanguage } from './use-customer-language';
import { useSlash } from './use-slash';
import { valuesFor } from './values';

/** Rows on screen at once; typing narrows the rest down. */
const MOST = 50;

/** The list of quick replies above the composer, while a slash calls for it. Whoever shows it follows the library. */
export function QuickReplyPopover({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts(quickReplyTexts);
  const toast = useToast();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const account = useSettledAccount(conversation.appid);
  const { library } = useLibrary();
  const language = useCustomerLanguage();
  const [chosenVariant, setVariant] = useState<Variant | null>(null);
  const [active, setActive] = useState(0);
  const variant = chosenVariant ?? language;

  const onKey = (event: KeyboardEvent): boolean => {
    if (slash.call === null) return false;
    if (event.key === 'Escape') {
      slash.dismiss();
      return true;
    }
    if (found.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (at + step + found.length) % found.length);
      return true;
    }
    if (event.key === 'Tab') {
      setVariant(variant === 'zh' ? 'en' : 'zh');
      return true;
    }
    if (event.key !== 'Enter' || event.shiftKey) return false;
    const reply = found[active];
    if (reply) choose(reply);
    return true;
  };
  const slash = useSlash(root, onKey);
  const query = slash.call?.query ?? '';
  const found =
    slash.call === null || library === null
      ? []
      : matchReplies(repliesFor(library.replies, conversation.appid), query, serverNow()).slice(0, MOST);
  const valuesOf = (language: Variant) =>
    valuesFor(conversation, account, library?.shopWords ?? {}, language, serverNow());

  const choose = (reply: KeptQuickReply): void => {
    const said = bodyOf(reply, variant);
    if (said === null) return;
    // What was typed to call for it goes away.
    if (said.body.kind !== 'text') slash.insert({ text: '', firstBlank: null });
    insertReply(reply, said, valuesOf(said.variant), conversation, slash.insert).catch(toast.failed);
  };

  const open = slash.call !== null;
  const { field } = slash;
  useEffect(() => setActive(0), [query, open]);
  const activeId = open && found[active] ? `${id}-${active}` : null;
  useEffect(() => {
    const area = field();
    if (!area || activeId === null) return;
    area.setAttribute('aria-controls', `${id}-list`);
    area.setAttribute('aria-activedescendant', activeId);
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
    return () => {
      area.removeAttribute('aria-controls');
      area.removeAttribute('aria-activedescendant');
    };
  }, [field, activeId, id]);

  return (
    <div ref={root} className={styles['anchor']}>
      {open ? (
        // The field keeps the focus, so that typing goes on while the mouse is used.
        <div className={styles['popover']} onMouseDown={(event) => event.preventDefault()}>
          {library === null ? (
            <p className={styles['nothing']}>{t('loading')}</p>
          ) : library.replies.length === 0 ? (
            <div className={styles['nothing']}>
              <p>{t('noneYet')}</p>
              <p>{t('noneYetText')}</p>
            </div>
          ) : found.length === 0 ? (
            <p className={styles['nothing']}>{t('none', { query })}</p>
          ) : (
            <ul id={`${id}-list`} role="listbox" aria-label={t('popover')} className={styles['matches']}>
              {found.map((reply, index) => (
                <Match
                  key={reply.id}
                  id={`${id}-${index}`}
                  reply={reply}
                  variant={variant}
                  active={index === active}
                  fill={(text, language) => fillText(text, valuesOf(language), language)}
                  onPoint={() => setActive(index)}
                  onChoose={() => choose(reply)}
                />
              ))}
            </ul>
          )}
          <div className={styles['popoverFoot']}>
            <span className={styles['keys']}>{found.length > 0 ? t('keys') : ''}</span>
            <Button
              size="small"
              type="text"
              aria-label={t('switchLanguage')}
              onClick={() => setVariant(variant === 'zh' ? 'en' : 'zh')}
            >
              {t(variant === 'zh' ? 'languageZh' : 'languageEn')}
            </Button>
            <Button size="small" type="text" onClick={() => openQuickReplies()}>
              {t('manage')}
            </Button>
          </div>
        </div>
      ) : null}
    </div>
  );
}

function Match(props: {
  readonly id: string;
  readonly reply: KeptQuickReply;
  readonly variant: Variant;
  readonly active: boolean;
  readonly fill: (text: string, variant: Variant) => ReturnType<typeof fillText>;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}) {
  const { reply } = props;
  const t = useTexts(quickReplyTexts);
  const said = bodyOf(reply, props.variant);
  if (said === null) return null;
  const filled = props.fill(wordsOf(said.body), said.variant);
  const other = said.variant !== props.variant;
  return (
    <li
      id={props.id}
      role="option"
      aria-selected={props.active}
      className={styles['match']}
      onMouseMove={props.active ? undefined : props.onPoint}
      onClick={props.onChoose}
    >
      <span className={styles['matchHead']}>
        <KindIcon kind={said.body.kind} />
        <span className={styles['matchName']}>{reply.name}</span>
        {reply.shortcut === '' ? null : <span className={styles['shortcut']}>/{reply.shortcut}</span>}
        {other ? (
          <span className={styles['mark']}>{t(said.variant === 'zh' ? 'onlyZh' : 'onlyEn')}</span>
        ) : null}
        {filled.unknown.length > 0 ? (
          <span className={styles['blankMark']}>{t('blanks', { count: filled.unknown.length })}</span>
        ) : null}
      </span>
      <span className={styles['matchText']}>{filled.text}</span>
    </li>
  );
}
