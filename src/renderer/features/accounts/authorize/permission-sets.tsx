import Button from 'antd/es/button';
import { capabilityName } from '#shared/domain/capabilities';
import { missingSets, permissionSet, PRODUCT_SETS } from '#shared/domain/permission-sets';
import type { Account } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useNavigation } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import styles from '../accounts.module.css';
import own from './authorize.module.css';
import { authorizeTexts } from './texts';

/** What the administrator granted, and what each missing set disables (S2.13); nothing for the manual door. */
export function PermissionSets(props: {
  readonly account: Account;
  /** Offers to authorize again, for what is missing or was refused by WeChat. */
  readonly offerAgain?: boolean;
}) {
  const { account, offerAgain = false } = props;
  const authorizeAccount = useNavigation((state) => state.authorizeAccount);
  const t = useTexts(authorizeTexts);
  const locale = useLocale();
  const granted = account.permissionSets;
  if (granted === undefined || account.relayMode !== 'component') return null;
  const separator = locale === 'zh-CN' ? '、' : ', ';
  const names = granted.flatMap((id) => {
    const set = permissionSet(id);
    return set === null ? [] : [pick(set.name, locale)];
  });
  return (
    <section className={styles['section']}>
      <h2>{t('sets')}</h2>
      <p>{names.length === 0 ? t('setsNone') : names.join(separator)}</p>
      <dl className={styles['facts']}>
        {missingSets(granted, PRODUCT_SETS).map(({ set, closes }) => (
          <div key={set.id} className={own['row']}>
            <dt>{pick(set.name, locale)}</dt>
            <dd>
              <span className={own['missing']}>{t('missing')}</span>
              <span className={styles['factHint']}>
                {closes.length === 0
                  ? t('closesNothing')
                  : t('closes', {
                      features: closes
                        .map((capability) => pick(capabilityName(capability), locale))
                        .join(separator),
                    })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {offerAgain && account.status === 'bound' ? (
        <div>
          <Button size="small" onClick={() => authorizeAccount(account.appid)}>
            {t('again')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
