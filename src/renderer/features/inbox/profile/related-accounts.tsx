import { displayName } from '#shared/domain/follower-identity';
import { useAccounts } from '../../../app/accounts-store';
import { useNavigation } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { useNow } from '../../../ui/clock';
import { formatRowTime } from '../../../ui/format';
import { peopleTexts } from './people-texts';
import { useProfile } from './profile-store';
import styles from './profile.module.css';

const MINUTE_MS = 60_000;

/** The same person at other accounts of this desktop, told by the unionid; nothing where there are none. */
export function RelatedAccounts() {
  const t = useTexts(peopleTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const related = useProfile((state) => state.related);
  const accounts = useAccounts((state) => state.accounts);
  const openConversation = useNavigation((state) => state.openConversation);
  if (related.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{t('related')}</h3>
      <ul className={styles['plainList']}>
        {related.map((person) => {
          const account = accounts.find(({ appid }) => appid === person.appid);
          return (
            <li key={`${person.appid} ${person.openid}`}>
              <button
                type="button"
                className={styles['relatedRow']}
                onClick={() => openConversation(person.appid, person.openid)}
              >
                <span
                  className={styles['dot']}
                  style={{ background: `var(--account-${String(account?.colour ?? 0)})` }}
                />
                <span className="ellipsis">{account?.name ?? person.appid}</span>
                <span className={`${styles['relatedName'] ?? ''} ellipsis`}>
                  {displayName(person, locale)}
                </span>
                {person.lastMessageAt === null ? null : (
                  <time className={styles['entryTime']}>
                    {formatRowTime(person.lastMessageAt, now, locale)}
                  </time>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
