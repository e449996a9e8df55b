import Button from 'antd/es/button';
import {
  CAPABILITIES,
  capabilityName,
  capabilityOf,
  limitText,
  OVERSEAS_WARNINGS,
} from '#shared/domain/capabilities';
import type { Account } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useAccounts } from '../../app/accounts-store';
import { openHelp, useNavigation } from '../../app/navigation';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { AccountDot } from '../../ui/avatar';
import { formatDate } from '../../ui/format';
import { useNow } from '../../ui/clock';
import { Icon } from '../../ui/icon';
import styles from './capabilities.module.css';
import { COLUMNS, columnOf, matrixOf, notesFor, WAY_OF } from './matrix';
import { capabilitiesTexts } from './texts';

/** What this account cannot do, each with the reason and the way to get it (S4.7). */
function Missing({ account }: { readonly account: Account }) {
  const t = useTexts(capabilitiesTexts);
  const locale = useLocale();
  const missing = CAPABILITIES.flatMap((capability) => {
    const { level, limit } = capabilityOf(account, capability);
    return level === 'no' && limit !== null ? [{ capability, limit }] : [];
  });
  const limits = [...new Set(missing.map(({ limit }) => limit))];
  return (
    <section className={styles['section']}>
      <h2>{t('missingTitle')}</h2>
      {limits.length === 0 ? <p className={styles['muted']}>{t('nothingMissing')}</p> : null}
      {limits.map((limit) => {
        const way = WAY_OF[limit];
        const names = missing.filter((one) => one.limit === limit);
        return (
          <div key={limit} className={styles['missing']}>
            <h3>{pick(limitText(limit), locale)}</h3>
            <ul className={styles['greyed']}>
              {names.map(({ capability }) => (
                <li key={capability} aria-disabled>
                  {pick(capabilityName(capability), locale)}
                </li>
              ))}
            </ul>
            {way === null ? null : <p>{t(way)}</p>}
          </div>
        );
      })}
    </section>
  );
}

/** How long the verification holds, as WeChat's events told it (S1.11). */
function VerificationNote({ account }: { readonly account: Account }) {
  const t = useTexts(capabilitiesTexts);
  const locale = useLocale();
  const now = useNow(60_000);
  const until = account.verificationExpiresAt;
  if (until === null) return account.verified ? <p>{t('verificationValid')}</p> : null;
  const date = formatDate(until, locale);
  return (
    <p className={until <= now ? styles['bad'] : undefined}>
      {t(until <= now ? 'verificationExpired' : 'verificationUntil', { date })}
    </p>
  );
}

const HELP = [
  { article: 'verification', text: 'helpVerify' },
  { article: 'verification-fee', text: 'helpFee' },
  { article: 'verification-foreign', text: 'helpForeign' },
] as const;

function Notes({ account }: { readonly account: Account | null }) {
  const t = useTexts(capabilitiesTexts);
  const locale = useLocale();
  const all = notesFor(account);
  const isOverseas = all.includes('overseas');
  const notes = all.filter((note) => note !== 'overseas');
  return (
    <section className={styles['section']}>
      <h2>{t('notesTitle')}</h2>
      {account ? <VerificationNote account={account} /> : null}
      <ul className={styles['list']}>
        {notes.map((note) => (
          <li key={note}>{t(note)}</li>
        ))}
      </ul>
      {isOverseas ? (
        <>
          <h3>{t('overseasTitle')}</h3>
          <ul className={styles['list']}>
            <li>{t('overseasLogin')}</li>
            {OVERSEAS_WARNINGS.map((warning) => (
              <li key={warning.en}>{pick(warning, locale)}</li>
            ))}
          </ul>
        </>
      ) : null}
      <ul className={styles['help']}>
        {HELP.map(({ article, text }) => (
          <li key={article}>
            <button type="button" className={styles['link']} onClick={() => openHelp(article)}>
              {t(text)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Matrix({ account }: { readonly account: Account | null }) {
  const t = useTexts(capabilitiesTexts);
  const locale = useLocale();
  const own = account === null ? null : columnOf(account);
  return (
    <div className={styles['tableFrame']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('feature')}</th>
            {COLUMNS.map(({ id }) => (
              <th key={id} scope="col" data-own={id === own}>
                {t(id)}
                {id === own && account ? <small>{t('own', { name: account.name })}</small> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrixOf(account?.region ?? 'mainland').map(({ capability, cells }) => (
            <tr key={capability}>
              <th scope="row">{pick(capabilityName(capability), locale)}</th>
              {COLUMNS.map(({ id }) => {
                const { level, limit } = cells[id];
                return (
                  <td
                    key={id}
                    data-own={id === own}
                    data-level={level}
                    title={limit === null ? undefined : pick(limitText(limit), locale)}
                  >
                    {t(level)}
                    {id === own && limit !== null ? <small>{pick(limitText(limit), locale)}</small> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What each kind of account can do, the own one highlighted, and which to register (S2.7, S4.2, S4.8). */
export function CapabilitiesScreen() {
  const t = useTexts(capabilitiesTexts);
  const { capabilitiesOf, accountFilter, go } = useNavigation();
  const accounts = useAccounts((state) => state.accounts);
  const appid = capabilitiesOf ?? accountFilter;
  const account = accounts.find((one) => one.appid === appid) ?? null;
  return (
    <div className={styles['screen']}>
      <div className={styles['inner']}>
        <header className={styles['head']}>
          <Button
            type="text"
            icon={<Icon name="chevronLeft" size={18} />}
            aria-label={t('back')}
            title={t('back')}
            onClick={() => go('accounts')}
          />
          <h1>{t('title')}</h1>
          {account ? (
            <span className={styles['account']}>
              <AccountDot colour={account.colour} size={10} />
              <span className="ellipsis">{account.name}</span>
            </span>
          ) : null}
        </header>
        <section className={styles['section']}>
          <h2>{t('adviceTitle')}</h2>
          <p>{t('advice')}</p>
        </section>
        <Notes account={account} />
        {account ? <Missing account={account} /> : null}
        <Matrix account={account} />
      </div>
    </div>
  );
}
