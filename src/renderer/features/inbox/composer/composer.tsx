import Button from 'antd/es/button';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import type { ClipboardEvent, DragEvent, KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { MAX_TEXT_BYTES, utf8Length } from '#shared/domain/media-limits';
import type { Conversation } from '#shared/ipc/models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { GrowingTextArea } from '../../../ui/growing-text-area';
import { IconButton } from '../../../ui/icon-button';
import { inboxTexts } from '../texts';
import { AttachmentStrip, megabytes } from './attachment-strip';
import type { BarModel } from './bar-model';
import {
  attachImage,
  removeAttachment,
  saveDrafts,
  sendWritten,
  takeDraft,
  useComposer,
  useWriting,
  write,
} from './composer-store';
import styles from './composer.module.css';
import { isSendKey } from './enter-key';
import { IMAGE_LIMIT } from './image-check';
import { InsertMenu } from './insert/insert-menu';
import { nearLimit } from './text-bytes';
import { WindowBar } from './window-bar';

/** Window bar and text field of one conversation. Mounted anew for each conversation. */
export function Composer(props: {
  readonly conversation: Conversation;
  readonly bar: BarModel;
  readonly now: number;
  readonly onSent: () => void;
}) {
  const { conversation } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const writing = useWriting(conversation);
  const field = useRef<TextAreaRef>(null);
  const file = useRef<HTMLInputElement>(null);
  const [dragging, setDragging] = useState(false);
  const open = props.bar.kind === 'open';
  useEffect(() => takeDraft(conversation), [conversation]);
  useEffect(() => {
    const save = () => void saveDrafts();
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, []);
  useRequest('focusRequests', () => field.current?.focus());
  useRequest('imageRequests', () => open && file.current?.click());

  const bytes = utf8Length(writing.text);
  const over = bytes - MAX_TEXT_BYTES;
  const staged = writing.attachment?.state === 'staged';
  const canPress = open && (staged || (writing.text.trim() !== '' && over <= 0));
  const send = () => {
    if (!canPress) return;
    sendWritten(conversation);
    props.onSent();
    field.current?.focus();
  };
  const take = (files: FileList | null | undefined): boolean => {
    const first = files?.[0];
    if (!first || !open) return false;
    void attachImage(conversation, first);
    return true;
  };
  const onPaste = (event: ClipboardEvent) => {
    if (take(event.clipboardData.files)) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    take(event.dataTransfer.files);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') field.current?.blur();
    if (!isSendKey(keyPress(event))) return;
    event.preventDefault();
    send();
  };
  return (
    <div
      className={styles['composer']}
      data-dragging={(dragging && open) || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={onDrop}
    >
      <WindowBar model={props.bar} now={props.now} />
      {writing.attachment ? (
        <AttachmentStrip attachment={writing.attachment} onRemove={() => removeAttachment(conversation)} />
      ) : null}
      <GrowingTextArea
        ref={field}
        variant="borderless"
        className={styles['field'] ?? ''}
        aria-label={t('composerLabel')}
        placeholder={open ? t('composerPlaceholder') : t('composerClosed')}
        disabled={!open}
        value={writing.text}
        onChange={(event) => write(conversation, event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div className={styles['tools']}>
        <IconButton
          icon="image"
          label={`${t('addImage')} · ${t('imageLimit', { limit: megabytes(IMAGE_LIMIT.bytes, locale) })}`}
          disabled={!open}
          onClick={() => file.current?.click()}
        />
        <InsertMenu conversation={conversation} bar={props.bar} onSent={props.onSent} />
        <input
          ref={file}
          type="file"
          hidden
          accept={IMAGE_LIMIT.mimes.join(',')}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
        <span className={styles['toolWords']}>
          {dragging && open ? (
            t('dropHere')
          ) : over > 0 ? (
            <span className={styles['over']} role="alert">
              {t('bytesOver', { over })}
            </span>
          ) : nearLimit(bytes) ? (
            <span className="num" title={t('bytesHelp')}>
              {t('bytes', { used: bytes, limit: MAX_TEXT_BYTES })}
            </span>
          ) : writing.unsaved ? (
            <span className={styles['over']}>{t('draftNotSaved')}</span>
          ) : null}
        </span>
        <Button type="primary" disabled={!canPress} onClick={send}>
          {staged ? t('sendImage') : t('send')}
        </Button>
      </div>
    </div>
  );
}

function keyPress(event: KeyboardEvent) {
  return {
    key: event.key,
    shiftKey: event.shiftKey,
    altKey: event.altKey,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    isComposing: event.nativeEvent.isComposing,
    keyCode: event.keyCode,
  };
}

/** Runs `act` each time someone asks for it, not for requests made before this composer was there. */
function useRequest(name: 'focusRequests' | 'imageRequests', act: () => void): void {
  useEffect(() =>
    useComposer.subscribe((now, before) => {
      if (now[name] !== before[name]) act();
    }),
  );
}
