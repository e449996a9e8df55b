import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { formatNumber } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { IconButton } from '../../../ui/icon-button';
import { inboxTexts } from '../texts';
import type { Attachment } from './composer-store';
import styles from './composer.module.css';
import type { ImageRefusal } from './image-check';
import { contentTexts } from '../bubbles/texts';

/** The image above the text field: being read, ready to send, or why it cannot be sent. */
export function AttachmentStrip(props: { readonly attachment: Attachment; readonly onRemove: () => void }) {
  const t = useTexts(inboxTexts);
  const words = useTexts(contentTexts);
  const { attachment } = props;
  return (
    <div className={styles['attachment']}>
      {attachment.state === 'staged' ? (
        <img src={attachment.image.url} alt={t('stagedImage')} className={styles['thumb']} />
      ) : null}
      <div className={styles['attachmentWords']}>
        {attachment.state === 'staged' ? (
          <>
            <span className="ellipsis">{attachment.name}</span>
            <Megabytes bytes={attachment.image.bytes} />
          </>
        ) : attachment.state === 'staging' ? (
          <span role="status">
            {attachment.name} · {words('mediaPending')}…
          </span>
        ) : attachment.state === 'refused' ? (
          <Refusal refusal={attachment.refusal} />
        ) : (
          <ErrorCard error={attachment.error} />
        )}
      </div>
      <IconButton icon="close" label={t('removeImage')} onClick={props.onRemove} />
    </div>
  );
}

function Megabytes({ bytes }: { readonly bytes: number }) {
  return <span className={styles['size']}>{megabytes(bytes, useLocale())}</span>;
}

function Refusal({ refusal }: { readonly refusal: ImageRefusal }) {
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const { name } = refusal;
  return (
    <span className={styles['refusal']} role="alert">
      <Icon name="error" size={16} />
      {refusal.why === 'too-large'
        ? t('imageTooLarge', {
            name,
            size: megabytes(refusal.bytes, locale),
            limit: megabytes(refusal.limit, locale),
          })
        : t(refusal.why === 'wrong-kind' ? 'imageWrongKind' : 'imageUnreadable', { name })}
    </span>
  );
}

/** WeChat's 10 MB is 10 × 1024 × 1024 bytes, so sizes next to it are counted the same way. */
export function megabytes(bytes: number, locale: 'zh-CN' | 'en'): string {
  const megabyte = 1024 * 1024;
  return bytes < megabyte / 10
    ? `${formatNumber(Math.max(1, Math.round(bytes / 1024)), locale)} KB`
    : `${formatNumber(Math.round((bytes / megabyte) * 10) / 10, locale)} MB`;
}
