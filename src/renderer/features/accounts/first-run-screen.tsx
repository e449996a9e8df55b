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

function Door(props: {
  readonly title: string;
  readonly hint: string;
  readonly disabled: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <button type="button" className={styles['door']} disabled={props.disabled} onClick={props.onOpen}>
      <strong>{props.title}</strong>
      <span className={styles['stepText']}>{props.hint}</span>
    </button>
  );
}

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
          <h2>{t('demoTitle')}</h2>
          <p className={styles['tryText']}>{t('tryDemoText')}</p>
          <div className={styles['tryActions']}>
            <Button type="primary" size="large" loading={starting} onClick={() => void startDemo()}>
              {t('tryDemo')}
            </Button>
          </div>
          <DemoProgress />
          <p className={styles['tryHint']}>{t('demoKeeps')}</p>
        </section>
        <section className={styles['try']}>
          <h2>{t('ownTitle')}</h2>
          <div className={styles['doors']}>
            <Door
              title={t('addScan')}
              hint={t('addScanHint')}
              disabled={starting}
              onOpen={() => authorizeAccount(null)}
            />
            <Door title={t('addManual')} hint={t('addManualHint')} disabled={starting} onOpen={addAccount} />
          </div>
        </section>
      </div>
    </div>
  );
}
