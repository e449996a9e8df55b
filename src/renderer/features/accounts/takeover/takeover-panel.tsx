import Button from 'antd/es/button';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { AppError, type AppErrorData } from '#shared/app-error';
import type { Takeover } from '#shared/ipc/takeover-models';
import { call, subscribe } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { SkeletonList } from '../../../ui/skeleton-list';
import styles from './takeover.module.css';
import { TakeoverSteps, type Act, type ActButton, type TakeoverPlace } from './takeover-steps';
import { takeoverTexts } from './texts';

const perform = (act: Act, appid: string): Promise<Takeover> =>
  act === 'importReplies'
    ? call('takeover.importReplies', {
        appid,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      })
    : call(`takeover.${act}`, { appid });

/**
 * The way from WeChat's website to this app and back, one step under the other. In the wizard the server is switched on in
 * the wizard's own next step; an account that was authorized by scanning has none.
 */
export function TakeoverPanel(props: {
  readonly appid: string;
  readonly place: TakeoverPlace;
  /** Below the steps: `isSettled` when nothing is left that could be carried over. */
  readonly actions?: (isSettled: boolean) => ReactNode;
}) {
  const { appid, place } = props;
  const t = useTexts(takeoverTexts);
  const [view, setView] = useState<Takeover | null | undefined>(undefined);
  const [error, setError] = useState<{ readonly data: AppErrorData; readonly retry: () => void } | null>(
    null,
  );
  const [busy, setBusy] = useState<Act | null>(null);

  const load = useCallback(() => {
    call('takeover.get', { appid }).then(setView, (thrown: unknown) => {
      setError({ data: dataOf(thrown), retry: load });
    });
  }, [appid]);
  useEffect(() => {
    load();
    return subscribe('takeover.changed', (changed) => {
      if (changed.appid === appid) load();
    });
  }, [appid, load]);

  const run = async (act: Act): Promise<void> => {
    setBusy(act);
    setError(null);
    try {
      setView(await perform(act, appid));
    } catch (thrown) {
      setError({ data: dataOf(thrown), retry: () => void run(act) });
    } finally {
      setBusy(null);
    }
  };
  const button: ActButton = (act, label, { isOff = false, isMain = false } = {}) => (
    <Button
      type={isMain ? 'primary' : 'default'}
      loading={busy === act}
      disabled={isOff || (busy !== null && busy !== act)}
      onClick={() => void run(act)}
    >
      {label}
    </Button>
  );

  return (
    <section className={styles['panel']} aria-label={t('title')}>
      {place !== 'wizard' ? <h2>{t('title')}</h2> : null}
      <p className={styles['muted']}>{t('intro')}</p>
      {error ? <ErrorCard error={error.data} onRetry={error.retry} /> : null}
      {view === undefined && !error ? <SkeletonList rows={3} rowHeight={40} /> : null}
      {view === null ? <div>{button('snapshot', t('read'), { isMain: true })}</div> : null}
      {view ? <TakeoverSteps view={view} button={button} place={place} /> : null}
      {props.actions?.(view !== null && view !== undefined && isSettled(view))}
    </section>
  );
}

function isSettled({ phase, menu, replies }: Takeover): boolean {
  if (phase !== 'open') return phase === 'undone';
  const isMenuSettled = menu.step === 'done' || !menu.isAllowed || menu.buttons === 0;
  return isMenuSettled && (replies.step === 'done' || replies.rules === 0);
}

function dataOf(thrown: unknown): AppErrorData {
  return thrown instanceof AppError ? thrown.data : { code: 'ipc/internal' };
}
