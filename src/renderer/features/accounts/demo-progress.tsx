import Progress from 'antd/es/progress';
import { useDemo } from '../../app/demo-store';
import { useTexts } from '../../i18n/texts';
import { ErrorCard } from '../../ui/error-state';
import styles from './accounts.module.css';
import own from './demo-progress.module.css';
import { accountsTexts } from './texts';

/** What the demo is doing while it starts, and why it did not. Nothing when it is off or running. */
export function DemoProgress() {
  const t = useTexts(accountsTexts);
  const { state, step, steps, error } = useDemo();
  if (state === 'failed' && error) return <ErrorCard error={error} />;
  if (state !== 'starting') return null;
  const known = steps > 0;
  return (
    <div className={own['progress']} role="status">
      <p className={own['progressLine']}>
        <span>{t('demoStarting')}</span>
        {known ? <span className={`${styles['muted']} num`}>{t('demoStepOf', { step, steps })}</span> : null}
      </p>
      <Progress
        percent={known ? Math.round(((step - 0.5) / steps) * 100) : 0}
        showInfo={false}
        size="small"
        status="active"
        aria-label={t('demoStarting')}
      />
    </div>
  );
}
