import Button from 'antd/es/button';
import { useState } from 'react';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { SkeletonList } from '../../../ui/skeleton-list';
import { Section } from '../section';
import styles from '../settings.module.css';
import { JoinDialog } from './join-dialog';
import { RelayPanel } from './relay-panel';
import { relayTexts } from './texts';
import { useRelays } from './use-relays';

/** The relays of this computer, and who else receives through them. */
export function RelaySection() {
  const t = useTexts(relayTexts);
  const { value: relays, error, refresh } = useRelays();
  const [joining, setJoining] = useState(false);
  const content = () => {
    if (error) return <ErrorCard error={error} onRetry={() => void refresh()} />;
    if (relays === null) return <SkeletonList rows={1} rowHeight={58} />;
    if (relays.length === 0) return <p className={styles['hint']}>{t('none')}</p>;
    return relays.map((relay) => <RelayPanel key={relay.linkId} relay={relay} />);
  };
  return (
    <Section title={t('title')}>
      {content()}
      <div className={styles['relayJoin']}>
        <Button size="small" onClick={() => setJoining(true)}>
          {t('join')}
        </Button>
        <span className={styles['quiet']}>{t('joinHint')}</span>
      </div>
      {joining ? <JoinDialog onJoined={() => void refresh()} onClose={() => setJoining(false)} /> : null}
    </Section>
  );
}
