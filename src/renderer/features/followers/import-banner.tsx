import Button from 'antd/es/button';
import Progress from 'antd/es/progress';
import { useState } from 'react';
import type { Account, ImportState } from '#shared/ipc/models';
import { call } from '../../api';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { ErrorCard } from '../../ui/error-state';
import { formatNumber } from '../../ui/format';
import { useToast } from '../../ui/toast';
import styles from './followers.module.css';
import { importProgress } from './import-progress';
import { followersTexts } from './texts';
import { useImports } from './use-imports';

const TITLE = {
  idle: 'importIdle',
  listing: 'importListing',
  details: 'importDetails',
  paused: 'importPaused',
  failed: 'importFailed',
} as const;

const START = { idle: 'importStart', paused: 'importResume', failed: 'importRetry' } as const;

function ImportBanner(props: {
  readonly account: Account;
  readonly state: ImportState;
  readonly onChange: (state: ImportState) => void;
}) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const { account, state, onChange } = props;
  const { phase } = state;
  if (phase === 'done') return null;

  const running = phase === 'listing' || phase === 'details';
  const { done, total, share } = importProgress(state);
  const count =
    total === null
      ? t('importCountOpen', { done: formatNumber(done, locale) })
      : t('importCount', { done: formatNumber(done, locale), total: formatNumber(total, locale) });
  const act = async () => {
    setBusy(true);
    try {
      onChange(
        await call(running ? 'followers.pauseImport' : 'followers.startImport', { appid: account.appid }),
      );
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles['banner']} aria-label={t(TITLE[phase], { name: account.name })}>
      <span className="ellipsis">{t(TITLE[phase], { name: account.name })}</span>
      {phase === 'idle' ? (
        <span />
      ) : (
        <Progress
          percent={Math.floor(share * 100)}
          showInfo={false}
          size="small"
          {...(phase === 'failed' ? { status: 'exception' as const } : {})}
          aria-label={count}
        />
      )}
      <span className={`${styles['bannerCount']} num`}>{phase === 'idle' ? null : count}</span>
      <Button size="small" loading={busy} onClick={() => void act()}>
        {t(running ? 'importPause' : START[phase])}
      </Button>
      {state.error && !running ? (
        <div className={styles['bannerError']}>
          <ErrorCard error={state.error} />
        </div>
      ) : null}
    </section>
  );
}

/** One line for every import that is not finished: how far it is, and pause, resume or start. */
export function ImportBanners({ accounts }: { readonly accounts: readonly Account[] }) {
  const toast = useToast();
  const [states, put] = useImports(
    accounts.map((account) => account.appid),
    toast.failed,
  );
  return accounts.map((account) => {
    const state = states.get(account.appid);
    return state ? <ImportBanner key={account.appid} account={account} state={state} onChange={put} /> : null;
  });
}
