import Button from 'antd/es/button';
import Progress from 'antd/es/progress';
import { useEffect } from 'react';
import { CHECK_IDS, checkName } from '#shared/domain/doctor/finding';
import { findingWords } from '#shared/domain/doctor/words';
import type { Examination } from '#shared/ipc/doctor-models';
import type { Account } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useAccount } from '../../app/accounts-store';
import { applyExamination, useDoctor } from '../../app/doctor-store';
import { useNavigation } from '../../app/navigation';
import { call } from '../../api';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { AccountDot } from '../../ui/avatar';
import { serverNow, useNow } from '../../ui/clock';
import { formatAgo } from '../../ui/format';
import { Icon, type IconName } from '../../ui/icon';
import { useToast } from '../../ui/toast';
import { CheckList } from './check-list';
import styles from './doctor.module.css';
import { doctorTexts } from './texts';
import { verdictOf, type Verdict } from './verdict';

/** An examination that is older is made anew when the screen is opened, seconds. */
const FRESH_SECONDS = 60;

const VERDICT_ICONS: Readonly<Record<Exclude<Verdict['kind'], 'running'>, IconName>> = {
  well: 'check',
  failed: 'error',
  warning: 'warning',
  unclear: 'help',
  offline: 'offline',
  cancelled: 'info',
};

function useWords(verdict: Verdict): { readonly title: string; readonly text: string } {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  switch (verdict.kind) {
    case 'running': {
      const name = verdict.current === null ? null : pick(checkName(verdict.current), locale);
      return {
        title: name === null ? t('starting') : t('running', { name }),
        text: t('progress', { done: verdict.done, all: CHECK_IDS.length }),
      };
    }
    case 'well':
      return { title: t('allWell'), text: t('allWellText') };
    case 'cancelled':
      return { title: t('cancelled'), text: t('cancelledText', { done: verdict.done }) };
    case 'offline':
      return { title: t('offline'), text: t('offlineText') };
    case 'unclear':
      return { title: t('unclear'), text: t('unclearText') };
    default: {
      const { title } = findingWords(verdict.cause, { locale, now: serverNow() });
      return { title, text: t(verdict.kind === 'failed' ? 'fixFirst' : 'warningText') };
    }
  }
}

/** The first line: how it stands, or the first cause. */
function Head({ examination }: { readonly examination: Examination }) {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  const now = useNow(30_000);
  const verdict = verdictOf(examination);
  const { title, text } = useWords(verdict);
  const { finishedAt, trigger } = examination;
  const isCause = verdict.kind === 'failed' || verdict.kind === 'warning';
  return (
    <div className={styles['head']} data-verdict={verdict.kind}>
      <span className={styles['headMark']}>
        {verdict.kind === 'running' ? (
          <Progress
            type="circle"
            size={28}
            strokeWidth={12}
            showInfo={false}
            percent={(verdict.done / CHECK_IDS.length) * 100}
            aria-hidden
          />
        ) : (
          <Icon name={VERDICT_ICONS[verdict.kind]} size={24} />
        )}
      </span>
      <div className={styles['headText']} role="status">
        <p className={styles['headTitle']}>
          {isCause ? <span className="visually-hidden">{t('firstCause')}: </span> : null}
          {title}
        </p>
        <p className={styles['headNote']}>{text}</p>
      </div>
      {finishedAt === null ? null : (
        <span className={styles['when']}>
          {t(trigger === 'asked' ? 'when' : 'whenByItself', {
            when: now - finishedAt < 60 ? t('justNow') : formatAgo(finishedAt, now, locale),
          })}
        </span>
      )}
    </div>
  );
}

function Tools(props: {
  readonly appid: string;
  readonly examination: Examination | null;
  readonly onAgain: () => void;
}) {
  const t = useTexts(doctorTexts);
  const toast = useToast();
  const { appid, examination } = props;
  const running = examination?.finishedAt === null;
  const ask = (method: 'doctor.cancel' | 'doctor.copyReport', done?: string) => {
    call(method, { appid }).then(() => {
      if (done !== undefined) toast.done(done);
    }, toast.failed);
  };
  return (
    <div className={styles['tools']}>
      <Button
        icon={<Icon name="copy" size={16} />}
        disabled={examination === null || running}
        onClick={() => ask('doctor.copyReport', t('reportCopied'))}
      >
        {t('copyReport')}
      </Button>
      {running ? (
        <Button onClick={() => ask('doctor.cancel')}>{t('cancel')}</Button>
      ) : (
        <Button type="primary" onClick={props.onAgain}>
          {t('again')}
        </Button>
      )}
    </div>
  );
}

function Examined({ account }: { readonly account: Account }) {
  const t = useTexts(doctorTexts);
  const toast = useToast();
  const closeDoctor = useNavigation((state) => state.closeDoctor);
  const { appid } = account;
  const examination = useDoctor((state) => state.latest[appid]) ?? null;
  const examine = () => {
    call('doctor.examine', { appid }).then((begun) => {
      const known = useDoctor.getState().latest[appid];
      // What main told by topic meanwhile is further.
      if (known?.startedAt !== begun.startedAt) applyExamination(begun);
    }, toast.failed);
  };
  useEffect(() => {
    const known = useDoctor.getState().latest[appid];
    if (known && (known.finishedAt === null || serverNow() - known.finishedAt < FRESH_SECONDS)) return;
    call('doctor.examine', { appid }).catch(toast.failed);
  }, [appid, toast]);
  return (
    <div className={styles['screen']}>
      <div className={styles['top']}>
        <header className={styles['bar']}>
          <Button
            type="text"
            icon={<Icon name="chevronLeft" size={18} />}
            aria-label={t('back')}
            title={t('back')}
            onClick={closeDoctor}
          />
          <h1>{t('title')}</h1>
          <span className={styles['account']}>
            <AccountDot colour={account.colour} size={10} />
            <span className="ellipsis">{account.name}</span>
          </span>
          <Tools appid={appid} examination={examination} onAgain={examine} />
        </header>
        {examination ? <Head examination={examination} /> : null}
      </div>
      <div className={styles['list']}>
        {examination ? <CheckList key={examination.startedAt} examination={examination} /> : null}
      </div>
    </div>
  );
}

/** The connection doctor (连接体检): ten checks of one account, the first cause first, each with its fix. */
export function DoctorScreen() {
  const account = useAccount(useNavigation((state) => state.examining));
  const closeDoctor = useNavigation((state) => state.closeDoctor);
  const gone = account === null;
  useEffect(() => {
    if (gone) closeDoctor();
  }, [gone, closeDoctor]);
  return account ? <Examined key={account.appid} account={account} /> : null;
}
