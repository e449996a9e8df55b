import type { ClipboardEvent, DragEvent, KeyboardEvent } from 'react';
import { memo, useCallback, useEffect, useRef } from 'react';
import { MAX_TEXT_BYTES, utf8Length } from '#shared/domain/media-limits';
import { mergeOffer } from '#shared/domain/reply-saver';
import { hasBrokenLink } from '#shared/domain/text-links';
import type { Account, Conversation } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { useStateOf } from '../../../ui/use-state-of';
import { keyOf } from '../key';
import { inboxTexts } from '../texts';
import type { BarModel } from './bar-model';
import {
  attachFiles,
  mergeWritten,
  pile,
  saveDraft,
  saveDrafts,
  sendWritten,
  takeDraft,
  useComposer,
  useWriting,
  write,
} from './composer-store';
import styles from './composer.module.css';
import { composerKey } from './enter-key';
import { focusField, setField } from './field';
import { useCardEditor } from './insert/editor-store';
import { InsertMenu } from './insert/insert-menu';
import { LinkMarks, LinksInText } from './link-marks';
import { toMessage } from './link-tokens';
import { ReplyOffer } from './reply-offer';
import { SendRow } from './send-row';
import { preparedMessages, sendPlan } from './tray';
import { TrayStrip } from './tray-strip';
import { WindowBar } from './window-bar';

/**
 * Window bar, what is prepared, and the text field of one conversation. Buttons stay when another conversation is opened;
 * the field, with its undo and its input method, is that of one alone.
 */
export const Composer = memo(function Composer(props: {
  readonly conversation: Conversation;
  /** null: the account is gone, and nothing can be sent. */
  readonly account: Account | null;
  readonly bar: BarModel;
  readonly now: number;
  readonly onSent: () => void;
}) {
  const { conversation, account, bar } = props;
  const t = useTexts(inboxTexts);
  const writing = useWriting(conversation);
  const field = useRef<HTMLTextAreaElement>(null);
  const name = keyOf(conversation);
  const [dragging, setDragging] = useStateOf(name, false);
  const [waiting, setWaiting] = useStateOf(name, false);
  const open = bar.kind === 'open' && account !== null;
  useEffect(() => takeDraft(conversation), [conversation]);
  const { appid, openid } = conversation;
  // A card is written here and nowhere else; it is as much of a draft as the text is.
  useEffect(() => useCardEditor.subscribe(() => saveDraft({ appid, openid })), [appid, openid]);
  useEffect(() => {
    const save = () => void saveDrafts();
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [name]);
  useEffect(() => setField(field.current), [name]);
  useEffect(
    () =>
      useComposer.subscribe((now, before) => {
        if (now.focusRequests !== before.focusRequests) focusField();
      }),
    [],
  );

  const allowance = bar.kind === 'open' ? bar.allowance : 0;
  const message = toMessage(writing);
  const over = Math.max(0, utf8Length(message) - MAX_TEXT_BYTES);
  const broken = hasBrokenLink(message);
  const plan = sendPlan(writing.tray, message, allowance);
  const offer = open ? mergeOffer(preparedMessages(writing.tray, message), allowance) : null;
  const canPress = open && plan.now > 0 && over === 0 && !broken;
  const send = () => {
    if (!canPress) return;
    // What was just dropped is sent as soon as it is read.
    if (plan.reading) {
      setWaiting(true);
      return;
    }
    setWaiting(false);
    sendWritten(conversation, plan.now);
    props.onSent();
    focusField();
  };
  useEffect(() => {
    if (waiting && !plan.reading) send();
  });
  const take = useCallback(
    (files: FileList | null | undefined): boolean => {
      if (!files || files.length === 0 || !open) return false;
      void attachFiles(conversation, [...files], account);
      return true;
    },
    [conversation, account, open],
  );
  const onPaste = (event: ClipboardEvent) => {
    if (take(event.clipboardData.files)) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    take(event.dataTransfer.files);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const press = composerKey(keyPress(event));
    if (press === null) return;
    if (press === 'leave') {
      field.current?.blur();
      return;
    }
    event.preventDefault();
    if (press === 'send') send();
    else if (press === 'pile') pile(conversation);
    else if (offer) mergeWritten(conversation);
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
      <WindowBar key={`bar ${name}`} model={bar} now={props.now} />
      {writing.tray.length > 0 ? (
        <TrayStrip
          key={`tray ${name}`}
          who={conversation}
          tray={writing.tray}
          plan={plan}
          allowance={allowance}
        />
      ) : null}
      {open ? <ReplyOffer who={conversation} offer={offer} plan={plan} allowance={allowance} /> : null}
      <div key={`field ${name}`} className={styles['fieldPlace']}>
        <LinkMarks text={writing.text} links={writing.links} />
        <textarea
          ref={field}
          rows={1}
          className={styles['field']}
          aria-label={t('composerLabel')}
          placeholder={open ? t('composerPlaceholder') : t('composerClosed')}
          disabled={!open}
          value={writing.text}
          onChange={(event) => {
            setWaiting(false);
            write(conversation, event.target.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
      </div>
      <LinksInText text={writing.text} links={writing.links} />
      <SendRow
        who={conversation}
        account={account}
        open={open}
        canPress={canPress}
        waiting={waiting}
        plan={plan}
        message={message}
        dragging={dragging && open}
        unsaved={writing.unsaved}
        insert={<InsertMenu conversation={conversation} bar={bar} onSent={props.onSent} />}
        onFiles={take}
        onSend={send}
      />
    </div>
  );
});

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
