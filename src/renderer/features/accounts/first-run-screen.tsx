import Button from 'antd/es/button';
import { startDemo, useDemo } from '../../app/demo-store';
import { useNavigation } from '../../app/navigation';
import { useTexts } from '../../i18n/texts';
import styles from './accounts.module.css';
import own from './first-run.module.css';
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
    <button type="button" className={own['door']} disabled={props.disabled} onClick={props.onOpen}>
      <strong>{props.title}</strong>
      <span className={own['stepText']}>{props.hint}</span>
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
    <div className={own['welcome']}>
      <div className={own['welcomeInner']}>
        <header>
          <h1 className={own['welcomeTitle']}>{t('welcome')}</h1>
          <p className={own['welcomeText']}>{t('welcomeText')}</p>
        </header>
        <ol className={own['steps']}>
          {STEPS.map(([title, text], index) => (
            <li key={title} className={own['step']}>
              <p className={`${own['stepNumber']} num`} aria-hidden>
                {index + 1}
              </p>
              <h2>{t(title)}</h2>
              <p className={own['stepText']}>{t(text)}</p>
            </li>
          ))}
        </ol>
        <section className={own['try']}>
          <h2>{t('demoTitle')}</h2>
          <p className={own['tryText']}>{t('tryDemoText')}</p>
          <div className={own['tryActions']}>
            <Button type="primary" size="large" loading={starting} onClick={() => void startDemo()}>
              {t('tryDemo')}
            </Button>
          </div>
          <DemoProgress />
          <p className={styles['tryHint']}>{t('demoKeeps')}</p>
        </section>
        <section className={own['try']}>
          <h2>{t('ownTitle')}</h2>
          <div className={own['doors']}>
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
