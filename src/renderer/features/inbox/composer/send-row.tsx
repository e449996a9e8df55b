import Button from 'antd/es/button';
import { memo, useCallback, useEffect, useRef, type ReactNode } from 'react';
import { FILE_KINDS, kindObstacle, type FileKind } from '#shared/domain/attachable';
import { MAX_TEXT_BYTES, mediaLimit, utf8Length } from '#shared/domain/media-limits';
import { splitText } from '#shared/domain/reply-saver';
import { hasBrokenLink } from '#shared/domain/text-links';
import type { Account } from '#shared/ipc/models';
import type { Person } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { IconButton } from '../../../ui/icon-button';
import { useStateOf } from '../../../ui/use-state-of';
import { keyOf } from '../key';
import { inboxTexts } from '../texts';
import { composerTexts } from './composer-texts';
import { insertInComposer, insertLink, pile, useComposer } from './composer-store';
import styles from './composer.module.css';
import { EmojiPicker } from './emoji-picker';
import { selectedText } from './field';
import { ACCEPT } from './file-check';
import { LinkDialog } from './link-dialog';
import { nearLimit } from './text-bytes';
import type { SendPlan } from './tray';
import { megabytes } from './tray-strip';

const FILE_ICONS = { image: 'image', voice: 'mic', video: 'video' } as const;
const FILE_TYPES = { image: 'PNG, JPG, GIF', voice: 'AMR, MP3', video: 'MP4' } as const;

/** Everything that puts something into the message, the byte counter, and Send. */
export function SendRow(props: {
  readonly who: Person;
  readonly account: Account | null;
  readonly open: boolean;
  readonly canPress: boolean;
  /** Send was pressed and a file is still being read. */
  readonly waiting: boolean;
  readonly plan: SendPlan;
  /** The text as it would be sent. */
  readonly message: string;
  readonly dragging: boolean;
  readonly unsaved: boolean;
  /** The “+” with cards and quick replies. */
  readonly insert: ReactNode;
  readonly onFiles: (files: FileList | null) => boolean;
  readonly onSend: () => void;
}) {
  const t = useTexts(composerTexts);
  const { who, open, plan } = props;
  const name = keyOf(who);
  const [linking, setLinking] = useStateOf<string | null>(name, null);
  const insertEmoji = useCallback((code: string) => insertInComposer(who, code, true), [who]);
  return (
    <div className={styles['tools']}>
      <EmojiPicker of={name} disabled={!open} onPick={insertEmoji} />
      <IconButton icon="link" label={t('link')} disabled={!open} onClick={() => setLinking(selectedText())} />
      <FileButtons of={name} account={props.account} open={open} onFiles={props.onFiles} />
      {props.insert}
      <IconButton
        icon="stack"
        label={t('pile')}
        disabled={!open || props.message.trim() === ''}
        onClick={() => pile(who)}
      />
      <span className={styles['toolWords']}>
        <ToolWords {...props} />
      </span>
      <Button type="primary" disabled={!props.canPress} loading={props.waiting} onClick={props.onSend}>
        {plan.now < plan.total && plan.now > 0
          ? t('sendFirst', { count: plan.now })
          : plan.total > 1
            ? t('sendAll', { count: plan.total })
            : t('send')}
      </Button>
      {linking === null ? null : (
        <LinkDialog
          words={linking}
          onClose={() => setLinking(null)}
          onInsert={({ words, target }) => {
            setLinking(null);
            insertLink(who, words, target);
          }}
        />
      )}
    </div>
  );
}

function ToolWords(props: {
  readonly who: Person;
  readonly message: string;
  readonly dragging: boolean;
  readonly unsaved: boolean;
}) {
  const t = useTexts(composerTexts);
  const words = useTexts(inboxTexts);
  const bytes = utf8Length(props.message);
  if (props.dragging) return t('dropFiles');
  if (bytes > MAX_TEXT_BYTES) {
    return (
      <span className={styles['over']} role="alert">
        {words('bytesOver', { over: bytes - MAX_TEXT_BYTES })}{' '}
        <Button
          size="small"
          title={t('splitHelp', { limit: MAX_TEXT_BYTES })}
          onClick={() => pile(props.who)}
        >
          {t('split', { count: splitText(props.message).length })}
        </Button>
      </span>
    );
  }
  if (hasBrokenLink(props.message)) {
    return (
      <span className={styles['over']} role="alert">
        {t('brokenLink')}
      </span>
    );
  }
  if (nearLimit(bytes)) {
    return (
      <span className="num" title={words('bytesHelp')}>
        {words('bytes', { used: bytes, limit: MAX_TEXT_BYTES })}
      </span>
    );
  }
  return props.unsaved ? <span className={styles['over']}>{words('draftNotSaved')}</span> : null;
}

/**
 * One button for each kind of file; what the account cannot send says why and stays [S3.8]. What stands beside the text is
 * not drawn again with every key.
 */
const FileButtons = memo(function FileButtons(props: {
  /** Whose files they are: those chosen for another conversation than the one on screen are not taken. */
  readonly of: string;
  readonly account: Account | null;
  readonly open: boolean;
  readonly onFiles: (files: FileList | null) => boolean;
}) {
  const t = useTexts(composerTexts);
  const locale = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const { of, account, open } = props;
  const askedFor = useRef(of);
  const choose = useCallback(
    (kind: FileKind) => {
      if (!input.current) return;
      askedFor.current = of;
      input.current.accept = ACCEPT[kind];
      input.current.click();
    },
    [of],
  );
  useEffect(
    () =>
      useComposer.subscribe((now, before) => {
        if (now.imageRequests !== before.imageRequests && open) choose('image');
      }),
    [open, choose],
  );
  const label = (kind: FileKind, refused: boolean) => {
    if (refused) return t('overseasOnlyImages', { kind: t(kind) });
    const limit = mediaLimit(kind);
    const values = { kind: t(kind), types: FILE_TYPES[kind], limit: megabytes(limit.bytes, locale) };
    return limit.seconds === null
      ? t('fileLimit', values)
      : t('fileLimitSeconds', { ...values, seconds: limit.seconds });
  };
  return (
    <>
      {FILE_KINDS.map((kind) => {
        const refused = account !== null && kindObstacle(account, kind) === 'not-overseas';
        return (
          <IconButton
            key={kind}
            icon={FILE_ICONS[kind]}
            label={label(kind, refused)}
            disabled={!open || refused}
            onClick={() => choose(kind)}
          />
        );
      })}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          if (askedFor.current === of) props.onFiles(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
});
