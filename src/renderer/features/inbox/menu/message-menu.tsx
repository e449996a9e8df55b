import Dropdown from 'antd/es/dropdown';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { isSendable } from '#shared/domain/message';
import { searchableText } from '#shared/domain/search/searchable';
import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { useLocale } from '../../../i18n/i18n';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { describeMessage } from '../bubbles/describe';
import { contentTexts } from '../bubbles/texts';
import { resendMessage } from '../chat/chat-store';
import { putInComposer } from '../composer/composer-store';
import { inboxTexts } from '../texts';
import { openSearch } from '../search/search-store';
import { openViewer } from '../viewer/viewer-store';
import { MessageDetailsDialog } from './message-details';
import styles from './menu.module.css';
import { quoteOf } from './quote';
import { menuTexts } from './texts';
import { useMessageActs } from './use-message-acts';

/** Characters of a text that are searched for. */
const SEARCHED = 20;

type Item = { readonly key: keyof typeof ICONS; readonly run: () => void };
const ICONS = {
  copy: 'copy',
  copyLink: 'link',
  copyImage: 'copy',
  view: 'image',
  quote: 'quote',
  save: 'save',
  resend: 'refresh',
  search: 'search',
  details: 'info',
} as const;

interface MenuProps {
  readonly message: Message;
  /** Who wrote it, for a quote. */
  readonly name: string;
  /** What the window says about sending now. */
  readonly sendable: boolean;
  /** Only this page knows it: main can be asked nothing about it. */
  readonly optimistic: boolean;
}

/** Where the menu opens, in the window; the button that opened it gets the focus back. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly byButton: boolean;
}

/**
 * What can be done with a message: by the right button, by the menu key, and by a button that shows on focus. The menu itself
 * exists while it is open: a chat has many messages, and few of them are asked for more.
 */
export function MessageMenu(props: MenuProps & { readonly children: ReactNode }) {
  const t = useTexts(menuTexts);
  const [place, setPlace] = useState<Place | null>(null);
  const [details, setDetails] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setPlace(null);
    if (place?.byButton) button.current?.focus();
  };
  return (
    <>
      <div
        className={styles['place']}
        onContextMenu={(event) => {
          event.preventDefault();
          setPlace({ x: event.clientX, y: event.clientY, byButton: false });
        }}
      >
        {props.children}
      </div>
      <button
        ref={button}
        type="button"
        className={styles['button']}
        aria-label={t('open')}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setPlace({ x: left, y: bottom, byButton: true });
        }}
      >
        <Icon name="more" size={16} />
      </button>
      {place ? (
        <OpenMenu {...props} place={place} onClose={close} onDetails={() => setDetails(true)} />
      ) : null}
      {details ? <MessageDetailsDialog message={props.message} onClose={() => setDetails(false)} /> : null}
    </>
  );
}

function OpenMenu(
  props: MenuProps & { readonly place: Place; readonly onClose: () => void; readonly onDetails: () => void },
) {
  const { place, onClose } = props;
  const t = useTexts(menuTexts);
  const items = useItems(props, props.onDetails);
  return (
    <Dropdown
      open
      autoFocus={place.byButton}
      trigger={['click']}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      menu={{
        items: items.map(({ key }) => ({
          key,
          label: (
            <span className={styles['item']}>
              <Icon name={ICONS[key]} size={16} />
              {t(key)}
            </span>
          ),
        })),
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          onClose();
          items.find((item) => item.key === key)?.run();
        },
      }}
    >
      <span className={styles['anchor']} style={{ left: place.x, top: place.y }} />
    </Dropdown>
  );
}

function useItems(props: MenuProps, showDetails: () => void): Item[] {
  const { message, name, sendable, optimistic } = props;
  const content = useTexts(contentTexts);
  const inbox = useTexts(inboxTexts);
  const locale = useLocale();
  const toast = useToast();
  const acts = useMessageActs(message);
  const { body, media } = message;
  const text = searchableText(body.content);
  const hasFile = media.state === 'ready' && !optimistic;
  const isImage = body.content.kind === 'image';
  const url = 'url' in body.content ? body.content.url : null;
  const mayResend =
    body.direction === 'out' &&
    (body.status === 'failed' || body.status === 'unknown') &&
    isSendable(body.content) &&
    !optimistic &&
    sendable;
  const quoted = () =>
    putInComposer(
      { appid: message.appid, openid: message.openid },
      quoteOf(body.direction === 'in' ? name : inbox('quoteUs'), describeMessage(message, content, locale)),
    );
  const all: (Item | null)[] = [
    text ? { key: 'copy', run: () => acts.copyText(selectedIn() ?? text) } : null,
    url ? { key: 'copyLink', run: () => acts.copyText(url) } : null,
    isImage && hasFile ? { key: 'view', run: () => openViewer(message.id) } : null,
    isImage && hasFile ? { key: 'copyImage', run: acts.copyImage } : null,
    { key: 'quote', run: quoted },
    hasFile ? { key: 'save', run: acts.save } : null,
    mayResend
      ? {
          key: 'resend',
          run: () => void resendMessage(message).catch((error: unknown) => toast.failed(error)),
        }
      : null,
    text
      ? { key: 'search', run: () => openSearch([...(selectedIn() ?? text)].slice(0, SEARCHED).join('')) }
      : null,
    optimistic ? null : { key: 'details', run: showDetails },
  ];
  return all.filter((item) => item !== null);
}

/** What is marked with the mouse, if anything. */
function selectedIn(): string | null {
  const selected = window.getSelection()?.toString().trim() ?? '';
  return selected === '' ? null : selected;
}
