import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { MediaFrame } from './media-frame';
import { Searched } from './searched';
import { contentTexts } from './texts';
import { VoicePlayer } from './voice-player';
import styles from './voice.module.css';

/** A voice message; says so where this computer cannot play the format. */
export function VoiceContent(props: {
  readonly message: Message;
  readonly format: string;
  readonly recognition: string | null;
}) {
  const { message, format } = props;
  const t = useTexts(contentTexts);
  return (
    <div className={styles['voice']}>
      <MediaFrame message={message} icon="mic" name={t('voiceName')} shape="line">
        {(url) => <VoicePlayer message={message} url={url} format={format} />}
      </MediaFrame>
      {props.recognition ? (
        <p className={`${styles['recognition']} selectable`}>
          <span className={styles['recognitionLabel']}>{t('recognition')}</span>
          <Searched text={props.recognition} />
        </p>
      ) : null}
    </div>
  );
}
