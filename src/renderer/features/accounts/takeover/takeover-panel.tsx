import Button from 'antd/es/button';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { AppError, type AppErrorData } from '#shared/app-error';
import type { Takeover } from '#shared/ipc/takeover-models';
import { call, subscribe } from '../../../api';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import styles from './takeover.module.css';
import { takeoverTexts } from './texts';

type Act = 'snapshot' | 'publishMenu' | 'importReplies' | 'check' | 'undo';

const perform = (act: Act, appid: string): Promise<Takeover> =>
  act === 'importReplies'
    ? call('takeover.importReplies', {
        appid,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      })
    : call(`takeover.${act}`, { appid });

/** The way from WeChat's website to this app and back, one step under the other. */
export function TakeoverPanel({ appid }: { readonly appid: string }) {
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
  const button = (act: Act, label: string, isOff = false) => (
    <Button
      type={act === 'check' || act === 'undo' ? 'default' : 'primary'}
      loading={busy === act}
      disabled={isOff || (busy !== null && busy !== act)}
      onClick={() => void run(act)}
    >
      {label}
    </Button>
  );

  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p className={styles['muted']}>{t('intro')}</p>
      {error ? <ErrorCard error={error.data} onRetry={error.retry} /> : null}
      {view === undefined && !error ? <p role="status">{t('loading')}</p> : null}
      {view === null ? <div>{button('snapshot', t('read'))}</div> : null}
      {view ? <Steps view={view} button={button} /> : null}
    </section>
  );
}

interface StepsProps {
  readonly view: Takeover;
  readonly button: (act: Act, label: string, isOff?: boolean) => ReactNode;
}

function Steps({ view, button }: StepsProps) {
  const t = useTexts(takeoverTexts);
  const locale = useLocale();
  const { menu, replies, media } = view;
  const inCharge = { website: t('website'), server: t('serverOn'), unknown: t('unknown') }[view.inCharge];
  if (view.phase !== 'open') {
    return (
      <div className={styles['step']}>
        {view.phase === 'undone' ? <p role="status">{t('undone')}</p> : <p>{t('undoText')}</p>}
        {view.phase === 'undoing' ? button('undo', t('resume')) : button('check', t('check'))}
        {view.phase === 'undone' ? <p aria-live="polite">{inCharge}</p> : null}
        {view.phase === 'undone' ? button('snapshot', t('readAgain')) : null}
      </div>
    );
  }
  const isUntouched = menu.step === 'idle' && replies.step === 'idle';
  const date = new Date(view.takenAt * 1000).toLocaleString(locale);
  return (
    <>
      <div className={styles['step']}>
        <h3>{t('kept')}</h3>
        <p className={styles['muted']}>{t('keptAt', { date })}</p>
        {menu.stops.length + replies.stops.length === 0 ? <p>{t('nothing')}</p> : null}
        <Names title={t('menuStops')} names={menu.stops} />
        <Names title={t('repliesStop')} names={replies.stops} />
        {media.kept + media.lost > 0 ? <p>{t('media', media)}</p> : null}
        {isUntouched ? button('snapshot', t('readAgain')) : null}
      </div>
      <div className={styles['step']}>
        <h3>{t('menu')}</h3>
        <p className={styles['muted']}>{t('menuText')}</p>
        {menu.hasApiMenu && menu.step === 'idle' ? <p>{t('menuReplaces')}</p> : null}
        {menu.isAllowed ? null : <p>{t('menuNotAllowed')}</p>}
        <Notes notes={menu.notes} />
        <Standing step={menu.step} />
        {menu.step === 'done'
          ? null
          : button('publishMenu', t('publish'), !menu.isAllowed || menu.buttons === 0)}
      </div>
      <div className={styles['step']}>
        <h3>{t('replies')}</h3>
        <p className={styles['muted']}>{t('repliesText')}</p>
        <Notes notes={replies.notes} />
        <Standing step={replies.step} />
        {replies.step === 'done'
          ? null
          : button('importReplies', t('import', { count: replies.rules }), replies.rules === 0)}
      </div>
      <div className={styles['step']}>
        <h3>{t('server')}</h3>
        <p className={styles['muted']}>{t('serverText')}</p>
        <p aria-live="polite">{inCharge}</p>
        {button('check', t('check'))}
      </div>
      <div className={styles['step']}>
        <p className={styles['muted']}>{t('undoText')}</p>
        {button('undo', t('undo'))}
      </div>
    </>
  );
}

function Standing({ step }: { readonly step: Takeover['menu']['step'] }) {
  const t = useTexts(takeoverTexts);
  return step === 'idle' ? null : <p role="status">{t(step)}</p>;
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div>
      <p>{title}</p>
      <ul>
        {names.map((name, index) => (
          <li key={index}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

function Notes({ notes }: { readonly notes: Takeover['menu']['notes'] }) {
  const t = useTexts(takeoverTexts);
  if (notes.length === 0) return null;
  return (
    <ul>
      {notes.map(({ name, reason }, index) => (
        <li key={index}>{t(`note_${reason}`, { name })}</li>
      ))}
    </ul>
  );
}

function dataOf(thrown: unknown): AppErrorData {
  return thrown instanceof AppError ? thrown.data : { code: 'ipc/internal' };
}
