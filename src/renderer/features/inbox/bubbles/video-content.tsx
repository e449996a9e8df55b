import { useState } from 'react';
import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import styles from './bubbles.module.css';
import { MediaFrame } from './media-frame';
import { contentTexts } from './texts';

export function VideoContent(props: { readonly message: Message; readonly short: boolean }) {
  const t = useTexts(contentTexts);
  const [failed, setFailed] = useState(false);
  const name = t(props.short ? 'shortVideoName' : 'videoName');
  return (
    <MediaFrame message={props.message} icon="video" name={name} shape="picture">
      {(url) =>
        failed ? (
          <p className={styles['frame']}>
            <Icon name="video" size={20} />
            {t('videoUnplayable')}
          </p>
        ) : (
          <video
            className={styles['video']}
            src={url}
            controls
            controlsList="nodownload noremoteplayback"
            disablePictureInPicture
            preload="metadata"
            aria-label={name}
            onError={() => setFailed(true)}
          />
        )
      }
    </MediaFrame>
  );
}
