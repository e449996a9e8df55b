import Button from 'antd/es/button';
import { startDemo, useDemo } from '../../app/demo-store';
import { useNavigation } from '../../app/navigation';
import { useTexts } from '../../i18n/texts';
import styles from './accounts.module.css';
import { DemoProgress } from './demo-progress';
import { accountsTexts } from './texts';

const STEPS = [
  ['step1', 'step1Text'],
  ['step2', 'step2Text'],
  ['step3', 'step3Text'],
] as const;

/** What a person without any account sees: what it takes, and how to try it without. */
export function FirstRunScreen() {
  const t = useTexts(accountsTexts);
  const starting = useDemo((demo) => demo.state === 'starting');
  const addAccount = useNavigation((state) => state.addAccount);
  const authorizeAccount = useNavigation((state) => state.authorizeAccount);
  return (
    <div className={styles['welcome']}>
      <div className={styles['welcomeInner']}>
        <header>
          <h1 className={styles['welcomeTitle']}>{t('welcome')}</h1>
          <p className={styles['welcomeText']}>{t('welcomeText')}</p>
        </header>
        <ol className={styles['steps']}>
          {STEPS.map(([title, text], index) => (
            <li key={title} className={styles['step']}>
              <p className={`${styles['stepNumber']} num`} aria-hidden>
                {index + 1}
              </p>
              <h2>{t(title)}</h2>
              <p className={styles['stepText']}>{t(text)}</p>
            </li>
          ))}
        </ol>
        <section className={styles['try']}>
          <p className={styles['tryText']}>{t('tryDemoText')}</p>
          <div className={styles['tryActions']}>
            <Button type="primary" size="large" loading={starting} onClick={() => void startDemo()}>
              {t('tryDemo')}
            </Button>
            <Button size="large" disabled={starting} onClick={() => authorizeAccount(null)}>
              {t('addScan')}
            </Button>
            <Button size="large" disabled={starting} onClick={addAccount}>
              {t('connectMine')}
            </Button>
          </div>
          <DemoProgress />
          <p className={styles['tryHint']}>{t('demoKeeps')}</p>
        </section>
      </div>
    </div>
  );
}
