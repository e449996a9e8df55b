import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { openViewer } from '../viewer/viewer-store';
import styles from './bubbles.module.css';
import { MediaFrame } from './media-frame';
import { contentTexts } from './texts';

/** A thumbnail of fixed height; opens in the viewer. */
export function ImageContent({ message }: { readonly message: Message }) {
  const t = useTexts(contentTexts);
  return (
    <MediaFrame message={message} icon="image" name={t('imageAlt')} shape="picture">
      {(url) => (
        <button
          type="button"
          className={styles['imageButton']}
          aria-label={t('openImage')}
          onClick={() => openViewer(message.id)}
        >
          <img src={url} alt={t('imageAlt')} className={styles['image']} draggable={false} />
        </button>
      )}
    </MediaFrame>
  );
}
