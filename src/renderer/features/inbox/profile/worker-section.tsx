import Button from 'antd/es/button';
import Select from 'antd/es/select';
import { useEffect, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { Follower } from '#shared/ipc/models';
import type { KfDesk, KfSession } from '#shared/ipc/people-models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { toAppErrorData } from '../../../ui/errors';
import { ErrorCard } from '../../../ui/error-state';
import { useToast } from '../../../ui/toast';
import { peopleTexts } from './people-texts';
import styles from './profile.module.css';
import { WorkersDialog } from './workers-dialog';

interface Known {
  readonly desk: KfDesk;
  readonly session: KfSession;
}

/**
 * Who answers: under whose name replies go out, and the worker at WeChat's own console who serves this person. Asked of
 * WeChat only when it is opened, since most shops have no workers.
 */
export function WorkerSection({ follower }: { readonly follower: Follower }) {
  const t = useTexts(peopleTexts);
  const toast = useToast();
  const { appid, openid } = follower;
  const [open, setOpen] = useState(false);
  const [known, setKnown] = useState<Known | null>(null);
  const [error, setError] = useState<AppErrorData | null>(null);
  const [managing, setManaging] = useState(false);
  const [wish, setWish] = useState(0);
  useEffect(() => {
    if (!open) return;
    let gone = false;
    Promise.all([call('kf.desk', { appid }), call('kf.session', { appid, openid })]).then(
      ([desk, session]) => {
        if (gone) return;
        setKnown({ desk, session });
        setError(null);
      },
      (reason: unknown) => {
        if (!gone) setError(toAppErrorData(reason));
      },
    );
    return () => {
      gone = true;
    };
  }, [open, appid, openid, wish]);

  const work = <T,>(task: Promise<T>, then: (value: T) => void) =>
    void task.then(then, (reason: unknown) => toast.failed(reason));
  const setDesk = (desk: KfDesk) => setKnown((before) => (before ? { ...before, desk } : before));
  const workers = known?.desk.workers.filter(({ bound }) => bound) ?? [];
  return (
    <section className={styles['section']}>
      <h3>
        <button
          type="button"
          className={styles['opener']}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('workers')}
        </button>
      </h3>
      {!open ? null : error ? (
        <ErrorCard error={error} onRetry={() => setWish((count) => count + 1)} />
      ) : !known ? (
        <p className={styles['nothing']}>{t('loading')}</p>
      ) : known.desk.workers.length === 0 ? (
        <p className={styles['nothing']}>{t('workersNone')}</p>
      ) : (
        <div className={styles['workers']}>
          <label>
            <span>{t('speakAs')}</span>
            <Select
              size="small"
              aria-label={t('speakAs')}
              value={known.desk.speakingAs ?? ''}
              options={[
                { value: '', label: t('speakAsShop') },
                ...workers.map(({ account, nick }) => ({ value: account, label: nick })),
              ]}
              onChange={(account) =>
                work(call('kf.speakAs', { appid, account: account === '' ? null : account }), setDesk)
              }
            />
          </label>
          <label>
            <span>{t('servedBy')}</span>
            <Select
              size="small"
              aria-label={t('servedBy')}
              value={known.session?.account ?? ''}
              options={[
                { value: '', label: t('servedByNobody') },
                ...workers.map(({ account, nick, online }) => ({
                  value: account,
                  label: online ? nick : t('workerOffline', { nick }),
                  disabled: !online && known.session?.account !== account,
                })),
              ]}
              onChange={(account) =>
                work(
                  call('kf.assign', { appid, openid, account: account === '' ? null : account }),
                  (session) => setKnown((before) => (before ? { ...before, session } : before)),
                )
              }
            />
          </label>
          <p className={styles['help']}>{t('servedByHelp')}</p>
        </div>
      )}
      {open && known ? (
        <Button size="small" type="link" className={styles['manage'] ?? ''} onClick={() => setManaging(true)}>
          {t('manageWorkers')}
        </Button>
      ) : null}
      {managing && known ? (
        <WorkersDialog
          appid={appid}
          desk={known.desk}
          onChange={setDesk}
          onClose={() => setManaging(false)}
        />
      ) : null}
    </section>
  );
}
