import Popover from 'antd/es/popover';
import type { KeyboardEvent } from 'react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { WeChatEmoji } from '#shared/domain/wechat-emoji';
import { WECHAT_EMOJI } from '#shared/domain/wechat-emoji';
import { updateSettings, useSettings } from '../../../app/settings-store';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { IconButton } from '../../../ui/icon-button';
import { SearchInput } from '../../../ui/search-input';
import { useToast } from '../../../ui/toast';
import { useStateOf } from '../../../ui/use-state-of';
import { composerTexts } from './composer-texts';
import { findEmoji, gridStep, recentFirst } from './emoji-grid';
import { focusField } from './field';
import styles from './tray.module.css';

/** WeChat's own emoji: picked ones go into the text as WeChat's codes. */
export const EmojiPicker = memo(function EmojiPicker(props: {
  /** The conversation it is open for: in the next one it is closed. */
  readonly of: string;
  readonly disabled: boolean;
  readonly onPick: (code: string) => void;
}) {
  const t = useTexts(composerTexts);
  const [open, setOpen] = useStateOf(props.of, false);
  // Made anew each time it opens, also while it still fades out: what was used last then stands first.
  const [openings, setOpenings] = useState(0);
  const toggle = (next: boolean) => {
    if (next) setOpenings(openings + 1);
    setOpen(next);
  };
  const close = () => {
    setOpen(false);
    focusField();
  };
  return (
    <Popover
      open={open && !props.disabled}
      onOpenChange={toggle}
      trigger="click"
      placement="topLeft"
      destroyOnHidden
      content={<Picker key={openings} onPick={props.onPick} onClose={close} />}
    >
      <span>
        <IconButton
          icon="smile"
          label={t('emoji')}
          pressed={open}
          disabled={props.disabled}
          // The popover listens to the click itself.
          onClick={() => undefined}
        />
      </span>
    </Popover>
  );
});

function Picker(props: { readonly onPick: (code: string) => void; readonly onClose: () => void }) {
  const t = useTexts(composerTexts);
  const locale = useLocale();
  const toast = useToast();
  const recent = useSettings((state) => state.settings.recentEmoji);
  const [wanted, setWanted] = useState('');
  // What was used last moves to the front when the picker is opened the next time, not under the pointer.
  const [shownRecent] = useState(() => emojiOf(recent));
  const found = useMemo(() => findEmoji(wanted), [wanted]);
  const groups =
    wanted.trim() === ''
      ? [
          { title: t('emojiRecent'), items: shownRecent },
          { title: t('emojiAll'), items: WECHAT_EMOJI },
        ].filter(({ items }) => items.length > 0)
      : [{ title: t('emojiAll'), items: found }];
  const shown = groups.flatMap(({ items }) => items);
  const [at, setAt] = useState(0);
  const current = Math.min(at, shown.length - 1);
  const grid = useRef<HTMLDivElement>(null);
  const focusCell = (index: number) => {
    setAt(index);
    grid.current?.querySelectorAll<HTMLButtonElement>('button')[index]?.focus();
  };
  useEffect(() => grid.current?.querySelector<HTMLButtonElement>('button')?.focus(), []);
  const pick = (emoji: WeChatEmoji) => {
    props.onPick(emoji.code);
    updateSettings({ recentEmoji: recentFirst(recent, emoji.code) }).catch((error: unknown) =>
      toast.failed(error),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      props.onClose();
      return;
    }
    const next = gridStep(
      event.key,
      current,
      groups.map(({ items }) => items.length),
    );
    if (next === null || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    focusCell(next);
  };
  let offset = 0;
  return (
    <div className={styles['emoji']} onKeyDown={onKeyDown} data-keeps-arrows>
      <SearchInput value={wanted} label={t('emojiSearch')} onSearch={setWanted} />
      <div ref={grid} className={styles['emojiScroll']}>
        {groups.map(({ title, items }) => {
          const start = offset;
          offset += items.length;
          return (
            <div key={title} role="group" aria-label={title}>
              <p className={styles['emojiGroup']}>{title}</p>
              <div className={styles['emojiGrid']}>
                {items.map((emoji, index) => (
                  <button
                    key={emoji.code}
                    type="button"
                    className={styles['emojiCell']}
                    title={locale === 'en' ? emoji.en : emoji.zh}
                    aria-label={locale === 'en' ? emoji.en : emoji.zh}
                    tabIndex={start + index === current ? 0 : -1}
                    onFocus={() => setAt(start + index)}
                    onClick={() => pick(emoji)}
                  >
                    {emoji.unicode}
                  </button>
                ))}
              </div>
            </div>
          );
        })}
        {shown.length === 0 ? <p className={styles['emojiGroup']}>{t('emojiNone')}</p> : null}
      </div>
      <p className={styles['formHint']}>{t('emojiNote')}</p>
    </div>
  );
}

function emojiOf(codes: readonly string[]): readonly WeChatEmoji[] {
  return codes.flatMap((code) => WECHAT_EMOJI.find((emoji) => emoji.code === code) ?? []);
}
