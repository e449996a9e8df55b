import Image from 'antd/es/image';
import { useState } from 'react';
import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import styles from './bubbles.module.css';
import { MediaFrame } from './media-frame';
import { contentTexts } from './texts';

/** A thumbnail of fixed height; opens full size with zoom. */
export function ImageContent({ message }: { readonly message: Message }) {
  const t = useTexts(contentTexts);
  const [open, setOpen] = useState(false);
  return (
    <MediaFrame message={message} icon="image" name={t('imageAlt')} shape="picture">
      {(url) => (
        <>
          <button
            type="button"
            className={styles['imageButton']}
            aria-label={t('openImage')}
            onClick={() => setOpen(true)}
          >
            <img src={url} alt={t('imageAlt')} className={styles['image']} draggable={false} />
          </button>
          {open ? (
            <Image
              src={url}
              alt={t('imageAlt')}
              classNames={{ root: styles['viewerAnchor'] ?? '' }}
              preview={{ open, onOpenChange: setOpen }}
            />
          ) : null}
        </>
      )}
    </MediaFrame>
  );
}
