/** The menu of a row, by right click or by the menu key; one for the whole list. */
import Dropdown from 'antd/es/dropdown';
import type { MenuProps } from 'antd/es/menu';
import type { Conversation } from '#shared/ipc/models';
import { chordParts, entryOf, type CommandId } from '#shared/commands';
import { windowState } from '#shared/domain/window';
import { isMac } from '../../../app/shortcuts';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { serverNow } from '../../../ui/clock';
import { formatComing } from '../../../ui/format';
import { displayName } from '../../../ui/identity';
import { useToast } from '../../../ui/toast';
import { copyLink, markUnread, setDone, setMuted, setPinned, setStarred, snooze } from './row-actions';
import { CHOICE_NAMES, pickSnooze } from './snooze-store';
import { snoozeTimes } from './snooze-times';
import styles from './list.module.css';
import { listTexts } from './texts';

/** Where the menu opens, in the window. */
export interface MenuPlace {
  readonly row: Conversation;
  readonly x: number;
  readonly y: number;
}

const SNOOZE = 'snooze:';

export function RowMenu(props: { readonly place: MenuPlace | null; readonly onClose: () => void }) {
  const { place, onClose } = props;
  const t = useTexts(listTexts);
  const locale = useLocale();
  const toast = useToast();
  if (!place) return null;
  const { row } = place;

  const item = (key: CommandId, label: string) => ({
    key,
    label: (
      <span className={styles['menuItem']}>
        <span>{label}</span>
        <KeyHint id={key} />
      </span>
    ),
  });
  const isAside = row.done || row.snoozedUntil !== null;
  const now = serverNow();
  const window = windowState(row.window, now);
  const closesAt = window.open ? window.expiresAt : null;
  const items: MenuProps['items'] = [
    item('pin', t(row.pinned ? 'unpin' : 'pin')),
    item('star', t(row.starred ? 'unstar' : 'star')),
    item('mute', t(row.muted ? 'unmute' : 'mute')),
    item('unread', t('markUnread')),
    { type: 'divider' },
    {
      key: 'snooze-menu',
      label: t(row.snoozedUntil === null ? 'snooze' : 'snoozeChange'),
      children: [
        ...snoozeTimes(now, closesAt).map(({ choice, at }) => ({
          key: `${SNOOZE}${at}`,
          label: (
            <span className={styles['menuItem']}>
              <span>{t(CHOICE_NAMES[choice])}</span>
              <span className={`${styles['menuHint']} num`}>{formatComing(at, now, locale)}</span>
            </span>
          ),
        })),
        { type: 'divider' as const },
        item('snooze', t('pickTime')),
      ],
    },
    item('done', t(isAside ? 'undone' : 'done')),
    ...(row.snoozedUntil === null ? [] : [{ key: 'done-now', label: t('done') }]),
    { type: 'divider' },
    item('copy-link', t('copyLink')),
  ];
  const choose = (key: string): void => {
    if (key.startsWith(SNOOZE)) void snooze(row, Number(key.slice(SNOOZE.length)), toast);
    else works[key]?.();
  };
  const works: Readonly<Record<string, () => unknown>> = {
    pin: () => setPinned(row, !row.pinned, toast),
    star: () => setStarred(row, !row.starred, toast),
    mute: () => setMuted(row, !row.muted, toast),
    unread: () => markUnread(row, toast),
    snooze: () => pickSnooze(row),
    done: () => setDone(row, !isAside, toast),
    'done-now': () => setDone(row, true, toast),
    'copy-link': () => copyLink(row, toast),
  };
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      menu={{
        items,
        'aria-label': t('rowMenu', { name: displayName(row, locale) }),
        onClick: ({ key }) => {
          onClose();
          choose(key);
        },
      }}
    >
      <span className={styles['menuAnchor']} style={{ left: place.x, top: place.y }} />
    </Dropdown>
  );
}

/** The key that does the same, for whoever wants to learn it. */
function KeyHint({ id }: { readonly id: CommandId }) {
  const chord = entryOf(id).keys?.[0];
  if (!chord) return null;
  return (
    <span className={styles['menuHint']} aria-hidden>
      {chordParts(chord, isMac()).join(' ')}
    </span>
  );
}
