import Button from 'antd/es/button';
import { useEffect, useRef, useState } from 'react';
import { BINDING_STEPS, type BindingStep, type RelayAddresses } from '#shared/ipc/binding-models';
import { call } from '../../../api';
import { refreshAccounts, useAccount, useAccounts } from '../../../app/accounts-store';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { SkeletonList } from '../../../ui/skeleton-list';
import { useToast } from '../../../ui/toast';
import styles from '../accounts.module.css';
import own from './wizard.module.css';
import { ServerSettings } from '../server-settings';
import { TakeoverPanel } from '../takeover/takeover-panel';
import { accountsTexts } from '../texts';
import { AddressStep } from './address-step';
import { ChecksStep } from './checks-step';
import { CredentialsStep } from './credentials-step';
import { ModeChoice } from './mode-choice';
import { RelayStep } from './relay-step';
import { wizardTexts } from './texts';
import { draftOf, furthest, isStepOpen, placeOf, relayOriginOf, type WizardPlace } from './wizard-state';

const SAVE_AFTER_MS = 300;

interface Opened {
  readonly place: WizardPlace;
  readonly relays: readonly string[];
}

/** The manual door: the steps in the order in which mp.weixin.qq.com shows what they need. It goes on where it was left. */
export function BindingWizard(props: {
  readonly onClose: () => void;
  readonly onBound: (appid: string) => void;
}) {
  const toast = useToast();
  const [opened, setOpened] = useState<Opened | null>(null);
  // The toast's functions are new with every drawing; the place is read once, when the wizard opens.
  const report = useRef(toast.failed);
  useEffect(() => {
    let isShown = true;
    Promise.all([call('binding.draft', {}), call('binding.relays', {}), call('accounts.list', {})]).then(
      ([draft, relays, accounts]) => {
        const bound = accounts.filter(({ status }) => status === 'bound').map(({ appid }) => appid);
        if (isShown) setOpened({ place: placeOf(draft, relays, bound), relays });
      },
      (error: unknown) => {
        report.current(error);
        if (isShown) setOpened({ place: placeOf(null, [], []), relays: [] });
      },
    );
    return () => {
      isShown = false;
    };
  }, []);
  if (opened === null) return <SkeletonList rows={5} rowHeight={60} />;
  return <Steps opened={opened} {...props} />;
}

/** Keeps the place shortly after each change, and when the wizard is left. */
function useKeptPlace(place: WizardPlace): { readonly drop: () => Promise<unknown> } {
  const latest = useRef(place);
  const isDropped = useRef(false);
  latest.current = place;
  const { failed } = useToast();
  const report = useRef(failed);
  useEffect(() => {
    const save = () => {
      if (!isDropped.current) call('binding.saveDraft', draftOf(latest.current)).catch(report.current);
    };
    const timer = setTimeout(save, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [place]);
  useEffect(
    () => () => {
      if (!isDropped.current) call('binding.saveDraft', draftOf(latest.current)).catch(report.current);
    },
    [],
  );
  return {
    drop() {
      isDropped.current = true;
      return call('binding.dropDraft', {});
    },
  };
}

function Steps(props: {
  readonly opened: Opened;
  readonly onClose: () => void;
  readonly onBound: (appid: string) => void;
}) {
  const t = useTexts(wizardTexts);
  const labels = useTexts(accountsTexts);
  const toast = useToast();
  const [place, setPlace] = useState(props.opened.place);
  const [relays, setRelays] = useState(props.opened.relays);
  const [reached, setReached] = useState(place.step);
  const [addresses, setAddresses] = useState<RelayAddresses | null>(null);
  const kept = useKeptPlace(place);
  const loaded = useAccounts((state) => state.loaded);
  const account = useAccount(place.bound);
  const { step, form, bound } = place;

  const go = (next: BindingStep) => {
    setPlace((before) => ({ ...before, step: next }));
    setReached((before) => furthest(before, next));
  };
  const type = (fields: Partial<WizardPlace['form']>) =>
    setPlace((before) => ({ ...before, form: { ...before.form, ...fields } }));
  const finish = (appid: string) => {
    kept.drop().catch(toast.failed);
    void refreshAccounts().then(() => props.onBound(appid));
  };

  const content = () => {
    switch (step) {
      case 'relay':
        return (
          <RelayStep
            form={form}
            known={relays}
            onChange={type}
            onReached={(told) => {
              setAddresses(told);
              setRelays((before) => [...new Set([...before, relayOriginOf(form.relayUrl)])]);
              go('address');
            }}
          />
        );
      case 'address':
        return (
          <AddressStep
            key={form.relayUrl}
            relayUrl={form.relayUrl}
            addresses={addresses}
            onNext={() => go('credentials')}
            onPrevious={() => go('relay')}
          />
        );
      case 'credentials':
        return (
          <CredentialsStep
            form={form}
            onChange={type}
            onPrevious={() => go('address')}
            onBound={(made) => {
              // The secret is write-only: once main has it the page forgets it.
              setPlace(({ form: typed }) => ({
                step: 'mode',
                form: { ...typed, secret: '', encodingAESKey: '', callbackToken: '', pairingCode: '' },
                bound: made.appid,
              }));
              setReached('checks');
              void refreshAccounts();
            }}
          />
        );
      default:
        return afterBinding();
    }
  };
  const afterBinding = () => {
    if (!loaded || bound === null || account === null) return <SkeletonList rows={4} rowHeight={50} />;
    if (step === 'checks') return <ChecksStep appid={bound} onFinish={() => finish(bound)} />;
    if (step === 'server') {
      return (
        <div className={styles['section']}>
          <ServerSettings account={account} />
          <div className={styles['formActions']}>
            <Button type="primary" onClick={() => go('checks')}>
              {t('serverNext')}
            </Button>
            <Button onClick={() => go('takeover')}>{t('previous')}</Button>
          </div>
        </div>
      );
    }
    if (step === 'takeover') {
      return (
        <TakeoverPanel
          appid={bound}
          place="wizard"
          actions={(isSettled) => (
            <div className={styles['formActions']}>
              <Button type={isSettled ? 'primary' : 'default'} onClick={() => go('server')}>
                {t(isSettled ? 'next' : 'skipTakeover')}
              </Button>
              <Button onClick={() => go('mode')}>{t('previous')}</Button>
            </div>
          )}
        />
      );
    }
    return (
      <div className={styles['section']}>
        <p className={own['stepIntro']}>{t('modeIntro')}</p>
        <ModeChoice account={account} />
        <p className={styles['muted']}>{t('modeLater')}</p>
        <div className={styles['formActions']}>
          <Button type="primary" onClick={() => go('takeover')}>
            {t('next')}
          </Button>
        </div>
      </div>
    );
  };

  return (
    <div className={styles['detail']}>
      <div className={styles['detailInner']}>
        <header className={own['wizardHead']}>
          <h1>{account === null ? labels('bindTitle') : labels('boundTitle', { name: account.name })}</h1>
          <Button type="text" size="small" onClick={props.onClose}>
            {t('leave')}
          </Button>
        </header>
        <nav aria-label={t('steps')}>
          <ol className={own['wizardSteps']}>
            {BINDING_STEPS.map((one, index) => (
              <li key={one}>
                <button
                  type="button"
                  aria-current={one === step ? 'step' : undefined}
                  disabled={!isStepOpen(one, reached, bound)}
                  onClick={() => go(one)}
                >
                  <span className={`${own['wizardNumber']} num`} aria-hidden>
                    {BINDING_STEPS.indexOf(step) > index ? <Icon name="check" size={12} /> : index + 1}
                  </span>
                  {t(one)}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        {content()}
      </div>
    </div>
  );
}
