import { useRef, useState } from 'react';
import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import styles from './bubbles.module.css';
import { MediaFrame } from './media-frame';
import { contentTexts } from './texts';

/** A voice message with play, position and length; says so where this computer cannot play the format. */
export function VoiceContent(props: {
  readonly message: Message;
  readonly format: string;
  readonly recognition: string | null;
}) {
  const t = useTexts(contentTexts);
  return (
    <div className={styles['voice']}>
      <MediaFrame message={props.message} icon="mic" name={t('voiceName')} shape="line">
        {(url) => <Player url={url} mime={props.message.media.mime} format={props.format} />}
      </MediaFrame>
      {props.recognition ? (
        <p className={`${styles['recognition']} selectable`}>
          <span className={styles['recognitionLabel']}>{t('recognition')}</span>
          {props.recognition}
        </p>
      ) : null}
    </div>
  );
}

function Player(props: { readonly url: string; readonly mime: string | null; readonly format: string }) {
  const t = useTexts(contentTexts);
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(() => !canPlay(props.mime));
  const [time, setTime] = useState(0);
  const [length, setLength] = useState<number | null>(null);
  if (failed) {
    return (
      <p className={styles['unplayable']}>
        <Icon name="mic" size={18} />
        {t('voiceUnplayable', { format: (props.mime ?? props.format).replace('audio/', '').toUpperCase() })}
      </p>
    );
  }
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (playing) element.pause();
    else element.play().catch(() => setFailed(true));
  };
  return (
    <div className={styles['player']}>
      <audio
        ref={audio}
        src={props.url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setTime(0)}
        onTimeUpdate={(event) => setTime(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => setLength(finite(event.currentTarget.duration))}
        onError={() => setFailed(true)}
      />
      <button
        type="button"
        className={styles['playButton']}
        aria-label={playing ? t('pause') : t('play')}
        onClick={toggle}
      >
        <Icon name={playing ? 'pause' : 'play'} size={18} />
      </button>
      <input
        type="range"
        className={styles['seek']}
        aria-label={t('voiceSeek')}
        min={0}
        max={length ?? 0}
        step={0.1}
        value={time}
        disabled={length === null}
        onChange={(event) => {
          if (audio.current) audio.current.currentTime = Number(event.target.value);
        }}
      />
      <span className={`${styles['seconds']} num`}>
        {clockText(playing || time > 0 ? time : (length ?? 0))}
      </span>
    </div>
  );
}

/** Formats that the page's own player knows; unknown ones are tried, and AMR reaches it as WAV. */
function canPlay(mime: string | null): boolean {
  return mime === null || mime === 'audio/amr' || document.createElement('audio').canPlayType(mime) !== '';
}

function finite(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}

function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
