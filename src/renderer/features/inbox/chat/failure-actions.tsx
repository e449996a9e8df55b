import Button from 'antd/es/button';
import { actionLabel, type ActionId } from '#shared/domain/errcodes/actions';
import { pick } from '#shared/localized';
import { call } from '../../../api';
import { useAccounts } from '../../../app/accounts-store';
import { useNavigation, type Person } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { focusComposer } from '../composer/composer-store';
import { useOpenLink } from '../open-link';
import { showProfile } from '../profile/profile-visibility';
import { inboxTexts } from '../texts';
import styles from './chat.module.css';
import { useBusy } from './use-busy';

const MP = 'https://mp.weixin.qq.com';

/** What can be done about a refusal: a button where the app can do it or lead there, else words. */
export function FailureActions(props: { readonly actions: readonly ActionId[]; readonly person: Person }) {
  const locale = useLocale();
  const { busy, run } = useBusy();
  const acts = useActs(props.person);
  return (
    <ul className={styles['actions']}>
      {props.actions.map((action) => {
        const label = pick(actionLabel(action), locale);
        const act = acts[action];
        return (
          <li key={action}>
            {act ? (
              <Button size="small" disabled={busy} onClick={() => run(act)}>
                {label}
              </Button>
            ) : (
              <>
                <Icon name="chevronRight" size={12} />
                {label}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function useActs({ appid, openid }: Person): Readonly<Partial<Record<ActionId, () => Promise<void>>>> {
  const t = useTexts(inboxTexts);
  const toast = useToast();
  const openLink = useOpenLink();
  const { go, openCapabilities, authorizeAccount, openDoctor } = useNavigation.getState();
  const scanned = useAccounts(
    ({ accounts }) => accounts.find((account) => account.appid === appid)?.door === 'scan',
  );
  const now = (act: () => void) => () => {
    act();
    return Promise.resolve();
  };
  const check = async () => {
    const { following } = await call('messages.checkFollower', { appid, openid });
    if (following) toast.warn(t('checkedFollowing'));
    else toast.done(t('checkedLeft'));
  };
  const capabilities = now(() => openCapabilities(appid));
  const account = now(() => go('accounts'));
  return {
    'check-unfollow': check,
    'mark-unfollowed': check,
    'resync-follower': check,
    unblock: showProfile,
    'check-account-type': capabilities,
    'check-verification': capabilities,
    'check-expiry': capabilities,
    'check-permission-sets': capabilities,
    're-authorise': scanned ? now(() => authorizeAccount(appid)) : account,
    'check-appid': now(() => openDoctor(appid)),
    'check-secret': now(() => openDoctor(appid)),
    'open-mp': now(() => openLink(MP)),
    'edit-content': now(focusComposer),
    shorten: now(focusComposer),
  };
}
