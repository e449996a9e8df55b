import Button from 'antd/es/button';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import type { IconName } from '../../../ui/icon';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { fetchMedia } from '../chat/chat-store';
import styles from './bubbles.module.css';
import { contentTexts } from './texts';

/**
 * Media of a message: what is there, is being fetched, or why it is missing. The frame has the same size in every
 * state, so that nothing jumps when the file arrives.
 */
export function MediaFrame(props: {
  readonly message: Message;
  readonly icon: IconName;
  readonly name: string;
  readonly shape: 'picture' | 'line';
  readonly children: (url: string) => ReactNode;
}) {
  const t = useTexts(contentTexts);
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const { media } = props.message;
  if (media.state === 'ready' && media.url !== null) return props.children(media.url);
  const fetch = () => {
    setAsking(true);
    fetchMedia(props.message)
      .catch((error: unknown) => toast.failed(error))
      .finally(() => setAsking(false));
  };
  const pending = media.state === 'pending' || asking;
  return (
    <div className={styles[props.shape === 'picture' ? 'frame' : 'frameLine']} data-state={media.state}>
      <span className={styles['frameIcon']}>
        <Icon name={media.state === 'failed' ? 'warning' : props.icon} size={20} />
      </span>
      <span className={styles['frameWords']} role="status">
        <span>{props.name}</span>
        <span className={styles['frameState']}>
          {pending ? `${t('mediaPending')}…` : t(wordsOf(props.message))}
        </span>
      </span>
      {pending || media.state === 'expired' ? null : (
        <Button size="small" onClick={fetch}>
          {media.state === 'failed' ? t('mediaRetry') : t('mediaFetch')}
        </Button>
      )}
    </div>
  );
}

/** What an automatic reply shows may be material that WeChat keeps for good, and does not give out as it does a message's. */
function wordsOf({ media, body }: Message) {
  const isReply = body.direction === 'out' && body.automatic;
  return media.state === 'expired' && isReply ? 'mediaExpiredReply' : WORDS[media.state];
}

const WORDS = {
  none: 'mediaNone',
  pending: 'mediaPending',
  ready: 'mediaNone',
  expired: 'mediaExpired',
  failed: 'mediaFailed',
} as const satisfies Record<Message['media']['state'], string>;
