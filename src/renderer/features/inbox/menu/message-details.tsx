import Modal from 'antd/es/modal';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import { explain } from '#shared/error-texts';
import { pick } from '#shared/localized';
import type { MessageDetails } from '#shared/ipc/message-methods';
import type { Message } from '#shared/ipc/models';
import { call } from '../../../api';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { CopyLink } from '../../../ui/copy';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import { formatBytes, formatDateTime } from '../../../ui/format';
import { SkeletonList } from '../../../ui/skeleton-list';
import styles from './menu.module.css';
import { menuTexts } from './texts';

/** Everything that is known of a message, to look at and to hand to support. */
export function MessageDetailsDialog(props: { readonly message: Message; readonly onClose: () => void }) {
  const t = useTexts(menuTexts);
  return (
    <Modal open footer={null} title={t('detailsTitle')} onCancel={props.onClose} width={560} destroyOnHidden>
      <Details message={props.message} />
    </Modal>
  );
}

function Details({ message }: { readonly message: Message }) {
  const t = useTexts(menuTexts);
  const locale = useLocale();
  const [details, setDetails] = useState<MessageDetails | null>(null);
  const [error, setError] = useState<AppErrorData | null>(null);
  const { appid, openid, id } = message;
  useEffect(() => {
    let current = true;
    call('messages.details', { appid, openid, messageId: id }).then(
      (answer) => {
        if (current) setDetails(answer);
      },
      (reason: unknown) => {
        if (current) setError(toAppErrorData(reason));
      },
    );
    return () => {
      current = false;
    };
  }, [appid, openid, id]);
  if (error) return <ErrorCard error={error} />;
  if (!details) return <SkeletonList rows={3} rowHeight={32} />;
  const { body, media } = message;
  const sender =
    body.direction === 'in' ? (
      <span className="mono">{openid}</span>
    ) : (
      t(body.automatic ? 'us_automatic' : 'us')
    );
  const { failure, msgId, receivedAt, raw } = details;
  return (
    <dl className={`${styles['details']} selectable`}>
      <Fact name={t('time')}>{formatDateTime(message.at, locale)}</Fact>
      {receivedAt === null ? null : <Fact name={t('received')}>{formatDateTime(receivedAt, locale)}</Fact>}
      <Fact name={t('type')}>
        <span className="mono">{typeOf(message)}</span>
      </Fact>
      <Fact name={t('sender')}>{sender}</Fact>
      {body.direction === 'in' ? (
        <Fact name={t('msgId')}>{msgId === null ? t('noMsgId') : <Code value={msgId} />}</Fact>
      ) : null}
      <Fact name={t('id')}>
        <Code value={id} />
      </Fact>
      {media.bytes === null ? null : (
        <Fact name={t('size')}>
          {formatBytes(media.bytes, locale)}
          {media.mime ? ` · ${media.mime}` : ''}
        </Fact>
      )}
      {failure ? <Fact name={t('reason')}>{pick(explain(failure).title, locale)}</Fact> : null}
      {failure?.rid ? (
        <Fact name={t('rid')}>
          <Code value={failure.rid} />
        </Fact>
      ) : null}
      {raw ? (
        <Fact name={t('raw')}>
          <pre className={styles['raw']}>{raw}</pre>
        </Fact>
      ) : null}
    </dl>
  );
}

function typeOf({ body }: Message): string {
  const { content } = body;
  if (content.kind === 'event') return `event · ${content.event.name}`;
  return content.kind === 'unsupported' ? content.msgType : content.kind;
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Code({ value }: { readonly value: string }) {
  return (
    <span className={styles['code']}>
      <span className="mono">{value}</span>
      <CopyLink value={value} />
    </span>
  );
}
