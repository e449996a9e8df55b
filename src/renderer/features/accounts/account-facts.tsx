import Segmented from 'antd/es/segmented';
import { useState, type ReactNode } from 'react';
import type { Account } from '#shared/ipc/models';
import { refreshAccounts } from '../../app/accounts-store';
import { openHelp } from '../../app/navigation';
import { call } from '../../api';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { useNow } from '../../ui/clock';
import { CopyLink } from '../../ui/copy';
import { formatAgo, formatDate, formatNumber } from '../../ui/format';
import { useToast } from '../../ui/toast';
import { STATE_TEXT } from './account-row';
import styles from './accounts.module.css';
import own from './account-detail.module.css';
import { accountsTexts } from './texts';
import { verificationOf } from './verification';

function Fact(props: { readonly label: string; readonly hint?: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>
        <span className={own['fact']}>{props.children}</span>
        {props.hint ? <span className={styles['factHint']}>{props.hint}</span> : null}
      </dd>
    </>
  );
}

function HelpLink({ article, text }: { readonly article: string; readonly text: string }) {
  return (
    <button type="button" className={styles['plainLink']} onClick={() => openHelp(article)}>
      {text}
    </button>
  );
}

/** Where the account is registered: what the owner said or the holder's name suggests, to be corrected here. */
function RegionFact({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const isOverseas = account.region === 'overseas';
  const correct = async (region: Account['region']) => {
    try {
      await call('accounts.update', { appid: account.appid, region });
      await refreshAccounts();
      setOpen(false);
    } catch (error) {
      toast.failed(error);
    }
  };
  return (
    <Fact label={t('region')} hint={isOverseas ? t('overseasHint') : null}>
      {isOpen ? (
        <Segmented<Account['region']>
          size="small"
          value={account.region}
          options={[
            { value: 'mainland', label: t('mainland') },
            { value: 'overseas', label: t('overseas') },
          ]}
          onChange={(region) => void correct(region)}
        />
      ) : (
        <>
          {t(account.region)}
          {account.door === 'demo' ? null : (
            <button type="button" className={styles['plainLink']} onClick={() => setOpen(true)}>
              {t('correct')}
            </button>
          )}
          {isOverseas ? <HelpLink article="overseas-reach" text={t('regionHelp')} /> : null}
        </>
      )}
    </Fact>
  );
}

function VerificationFact({ account, now }: { readonly account: Account; readonly now: number }) {
  const t = useTexts(accountsTexts);
  const locale = useLocale();
  const verification = verificationOf(account, now);
  const label = t('verification');
  switch (verification.state) {
    case 'none':
      return (
        <Fact
          label={label}
          hint={
            <>
              {t('unverifiedHint')}
              {account.region === 'overseas' ? (
                <>
                  <br />
                  {t('unverifiedOverseasHint')}
                </>
              ) : null}
            </>
          }
        >
          <span className={styles['warn']}>{t('unverified')}</span>
          <HelpLink article="verification" text={t('verifyHelp')} />
        </Fact>
      );
    case 'expired':
      return (
        <Fact label={label} hint={t('verificationExpiredHint')}>
          <span className={styles['bad']}>
            {t('verificationExpired', { date: formatDate(verification.until, locale) })}
          </span>
          <HelpLink article="verification-expiry" text={t('verifyHelp')} />
        </Fact>
      );
    case 'ending':
      return (
        <Fact label={label} hint={t('verificationEndsHint')}>
          <span className={styles['warn']}>
            {t('verifiedEnds', { count: verification.days, date: formatDate(verification.until, locale) })}
          </span>
        </Fact>
      );
    case 'valid':
      return (
        <Fact label={label}>
          {verification.until === null
            ? t('verified')
            : t('verifiedUntil', { date: formatDate(verification.until, locale) })}
        </Fact>
      );
  }
}

/** Type, verification, region, state, door, followers and connection, each with what follows from it. */
export function AccountFacts({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const locale = useLocale();
  const now = useNow(60_000);
  const { state, lastSeenAt } = account.connection;
  const seen =
    state === 'connected' || lastSeenAt === null
      ? null
      : t('lastSeen', { when: formatAgo(lastSeenAt, now, locale) });
  return (
    <dl className={styles['facts']}>
      <Fact label={t('connection')} hint={seen}>
        <span className={state === 'connected' ? styles['good'] : styles['warn']}>
          {t(STATE_TEXT[state])}
        </span>
      </Fact>
      <Fact label={t('status')}>{t(account.status)}</Fact>
      <Fact label={t('kind')}>{t(account.kind)}</Fact>
      <VerificationFact account={account} now={now} />
      <RegionFact account={account} />
      <Fact label={t('followers')}>
        <span className="num">{formatNumber(account.followers, locale)}</span>
      </Fact>
      <Fact label={t('door')}>{t(account.door)}</Fact>
      <Fact label={t('boundAt')}>{formatDate(account.boundAt, locale)}</Fact>
      <Fact label={t('appid')}>
        <span className="mono">{account.appid}</span>
        <CopyLink value={account.appid} />
      </Fact>
      <Fact label={t('originalId')}>
        {account.originalId ? <span className="mono">{account.originalId}</span> : t('unknown')}
      </Fact>
    </dl>
  );
}
