import { useEffect, useRef, useState } from 'react';
import type { Message } from '#shared/ipc/models';
import type { Output } from '#shared/ipc/contract';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import styles from './voice.module.css';
import { contentTexts } from './texts';

type Waveform = NonNullable<Output<'messages.waveform'>['waveform']>;

const SPEEDS = [1, 1.5, 2] as const;
/** Of the speed that was chosen last: whoever listens fast, listens fast to the next one too. */
let lastSpeed: (typeof SPEEDS)[number] = 1;
/** One voice at a time. */
let playing: HTMLAudioElement | null = null;

/** Play, waveform to seek in, length and speed; `url` can be played. */
export function VoicePlayer(props: {
  readonly message: Message;
  readonly url: string;
  readonly format: string;
}) {
  const { message, url } = props;
  const t = useTexts(contentTexts);
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [failed, setFailed] = useState(() => !canPlay(message.media.mime));
  const [time, setTime] = useState(0);
  const [length, setLength] = useState<number | null>(null);
  const [speed, setSpeed] = useState(lastSpeed);
  const waveform = useWaveform(message);
  if (failed) {
    return (
      <p className={styles['unplayable']}>
        <Icon name="mic" size={18} />
        {t('voiceUnplayable', {
          format: (message.media.mime ?? props.format).replace('audio/', '').toUpperCase(),
        })}
      </p>
    );
  }
  const total = length ?? waveform?.seconds ?? null;
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (isPlaying) {
      element.pause();
      return;
    }
    playing?.pause();
    playing = element;
    element.playbackRate = speed;
    element.play().catch(() => setFailed(true));
  };
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    lastSpeed = next;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  return (
    <div className={styles['player']}>
      <audio
        ref={audio}
        src={url}
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
        aria-label={isPlaying ? t('pause') : t('play')}
        onClick={toggle}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} size={18} />
      </button>
      <span className={styles['track']} data-wave={waveform !== null || undefined}>
        {waveform ? <Bars waveform={waveform} share={total ? time / total : 0} /> : null}
        <input
          type="range"
          className={styles['seek']}
          aria-label={t('voiceSeek')}
          aria-valuetext={clockText(time)}
          min={0}
          max={total ?? 0}
          step={0.1}
          value={time}
          disabled={total === null}
          onChange={(event) => {
            if (audio.current) audio.current.currentTime = Number(event.target.value);
          }}
        />
      </span>
      <span className={`${styles['seconds']} num`}>
        {clockText(isPlaying || time > 0 ? time : (total ?? 0))}
      </span>
      <button
        type="button"
        className={`${styles['speed']} num`}
        aria-label={t('voiceSpeed', { speed })}
        onClick={faster}
      >
        {`${String(speed)}×`}
      </button>
    </div>
  );
}

const BAR_WIDTH = 3;
const GAP = 1;
const HEIGHT = 28;

function Bars({ waveform, share }: { readonly waveform: Waveform; readonly share: number }) {
  const { peaks } = waveform;
  const width = peaks.length * (BAR_WIDTH + GAP) - GAP;
  return (
    <svg
      className={styles['bars']}
      viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {peaks.map((peak, index) => {
        const height = Math.max(2, peak * HEIGHT);
        return (
          <rect
            key={index}
            x={index * (BAR_WIDTH + GAP)}
            y={(HEIGHT - height) / 2}
            width={BAR_WIDTH}
            height={height}
            rx={1}
            data-heard={(index + 0.5) / peaks.length <= share || undefined}
          />
        );
      })}
    </svg>
  );
}

/** null while it is computed, and for formats that only the player can read: a plain line is drawn then. */
function useWaveform({ appid, openid, id, body, media }: Message): Waveform | null {
  const [waveform, setWaveform] = useState<Waveform | null>(null);
  const wanted = body.direction === 'in' && media.mime === 'audio/amr';
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    call('messages.waveform', { appid, openid, messageId: id }).then(
      (answer) => {
        if (current) setWaveform(answer.waveform);
      },
      // A damaged voice says so in its player; without a picture of it the line is drawn.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [appid, openid, id, wanted]);
  return waveform;
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
