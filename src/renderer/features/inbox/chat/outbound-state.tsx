import Button from 'antd/es/button';
import { useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import { explain } from '#shared/error-texts';
import { pick } from '#shared/localized';
import type { Message } from '#shared/ipc/models';
import { useNavigation } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { useNow } from '../../../ui/clock';
import { formatComing, formatTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { askForImage, putInComposer } from '../composer/composer-store';
import { composerTexts } from '../composer/composer-texts';
import { useUploadPercent } from '../composer/upload-progress';
import { showProfile } from '../profile/profile-visibility';
import { inboxTexts } from '../texts';
import styles from './chat.module.css';
import type { ChatRow } from './chat-rows';
import { cancelQueued, discardRefused, resendMessage, retryRefused } from './chat-store';
import { FailureCard } from './failure-card';
import type { Remedy } from './remedy';
import { refreshes, remedyOf, restsUntil } from './remedy';
import { useBusy } from './use-busy';

type Outbound = Extract<Message['body'], { direction: 'out' }>;

/** What became of a message of ours, under its bubble: the status in words, why, and what can be done. */
export function OutboundState(props: {
  readonly row: ChatRow;
  readonly body: Outbound;
  /** What the window says about sending now. */
  readonly sendable: boolean;
}) {
  const { body, row } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  switch (body.status) {
    case 'sent':
      if (body.automatic) return <Automatic row={row} />;
      return row.endsGroup ? (
        <p className={styles['state']}>
          {formatTime(row.message.at, locale)} <Icon name="check" size={14} /> {t('statusSent')}
        </p>
      ) : null;
    case 'sending':
      return (
        <p className={styles['state']}>
          <span className={styles['spinner']} aria-hidden />
          <Sending messageId={row.message.id} />
        </p>
      );
    case 'queued':
      return body.failure === null ? (
        <p className={styles['state']}>
          <Icon name="clock" size={14} /> {t('inLine')}
        </p>
      ) : (
        <Queued message={row.message} failure={body.failure} />
      );
    case 'unknown':
      return <Unknown row={row} sendable={props.sendable} />;
    case 'failed':
      return <Failed row={row} body={body} sendable={props.sendable} />;
  }
}

function Sending({ messageId }: { readonly messageId: string }) {
  const t = useTexts(inboxTexts);
  const words = useTexts(composerTexts);
  const percent = useUploadPercent(messageId);
  return percent === null ? t('statusSending') : words('uploading', { percent });
}

/** Nobody here wrote it: the relay answered by a rule, which every such message says of itself. */
function Automatic({ row }: { readonly row: ChatRow }) {
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  return (
    <p className={styles['state']}>
      {row.endsGroup ? formatTime(row.message.at, locale) : null} <Icon name="automatic" size={14} />
      {t('automatic')}
    </p>
  );
}

function Queued(props: { readonly message: Message; readonly failure: AppErrorData | null }) {
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const cancel = () => {
    setBusy(true);
    cancelQueued(props.message)
      .catch((error: unknown) => toast.failed(error))
      .finally(() => setBusy(false));
  };
  return (
    <div className={`${styles['notice']} ${styles['noticeInfo']}`}>
      <p className={styles['noticeTitle']}>
        <Icon name="clock" size={16} />
        {t('statusQueued')}
      </p>
      <p>{props.failure ? pick(explain(props.failure).advice, locale) : t('queuedWhy')}</p>
      <div className={styles['noticeActions']}>
        <Button size="small" loading={busy} onClick={cancel}>
          {t('queuedCancel')}
        </Button>
      </div>
    </div>
  );
}

function Unknown(props: { readonly row: ChatRow; readonly sendable: boolean }) {
  const t = useTexts(inboxTexts);
  const { busy, run } = useBusy();
  const { row } = props;
  return (
    <div className={`${styles['notice']} ${styles['noticeAmber']}`}>
      <p className={styles['noticeTitle']}>
        <Icon name="warning" size={16} />
        {t('statusUnknown')}
      </p>
      <p>{t('unknownWhy')}</p>
      <div className={styles['noticeActions']}>
        {row.retried ? (
          <span>{t('retried')}</span>
        ) : (
          <Button
            size="small"
            loading={busy}
            disabled={!props.sendable}
            onClick={() => run(() => resendMessage(row.message))}
          >
            {t('unknownResend')}
          </Button>
        )}
        {!row.retried && !props.sendable ? <span>{t('resendWindowClosed')}</span> : null}
      </div>
    </div>
  );
}

function Failed(props: { readonly row: ChatRow; readonly body: Outbound; readonly sendable: boolean }) {
  const { row, body } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const error = body.failure;
  const cardId = `failure-${row.id}`;
  return (
    <div className={`${styles['notice']} ${styles['noticeRed']}`}>
      <p className={styles['noticeTitle']}>
        <Icon name="error" size={16} />
        {t('statusFailed')}
      </p>
      {error ? <p>{pick(explain(error).title, locale)}</p> : null}
      <div className={styles['noticeActions']}>
        {row.retried ? <span>{t('retried')}</span> : <RemedyButton {...props} />}
        {row.optimistic?.refused ? (
          <Button size="small" type="text" onClick={() => discardRefused(row.id)}>
            {t('discard')}
          </Button>
        ) : null}
        {error ? (
          <button
            type="button"
            className={styles['factLink']}
            aria-expanded={open}
            aria-controls={cardId}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'chevronDown' : 'chevronRight'} size={14} />
            {open ? t('hideDetails') : t('details')}
          </button>
        ) : null}
      </div>
      {open && error ? <FailureCard error={error} id={cardId} person={row.message} /> : null}
    </div>
  );
}

const SECOND_MS = 1000;

const LABELS = {
  resend: 'resend',
  edit: 'editAgain',
  'other-image': 'actionChooseSmaller',
  account: 'actionCheckAccount',
  follower: 'actionCheckProfile',
  wait: 'resend',
} as const satisfies Record<Remedy, string>;

function RemedyButton(props: { readonly row: ChatRow; readonly body: Outbound; readonly sendable: boolean }) {
  const { row, body } = props;
  const t = useTexts(inboxTexts);
  const { busy, run } = useBusy();
  const go = useNavigation((state) => state.go);
  const remedy = remedyOf(body.failure, body.content, props.sendable);
  const locale = useLocale();
  const until = restsUntil(body.failure, row.message.at);
  const now = useNow(SECOND_MS);
  const rests = now < (until?.at ?? 0);
  const act = (): Promise<void> => {
    switch (remedy) {
      case 'resend':
        return row.optimistic ? retryRefused(row.optimistic.clientId) : resendMessage(row.message);
      case 'edit':
        if (body.content.kind === 'text') putInComposer(row.message, body.content.text);
        if (row.optimistic) discardRefused(row.optimistic.clientId);
        return Promise.resolve();
      case 'other-image':
        askForImage();
        return Promise.resolve();
      case 'account':
        go('accounts');
        return Promise.resolve();
      case 'follower':
        return showProfile();
      case 'wait':
        return Promise.resolve();
    }
  };
  return (
    <>
      <Button
        size="small"
        loading={busy}
        disabled={remedy === 'wait' || (rests && until?.must === true)}
        onClick={() => run(act)}
      >
        {t(remedy === 'resend' && refreshes(body.failure) ? 'resendFresh' : LABELS[remedy])}
      </Button>
      {rests && until ? <span>{t('restsUntil', { time: formatComing(until.at, now, locale) })}</span> : null}
      {remedy === 'wait' ? <span>{t('resendWindowClosed')}</span> : null}
    </>
  );
}
