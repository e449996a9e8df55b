import { useNavigation } from '../../app/navigation';
import { useAccounts } from '../../app/accounts-store';
import { useTexts } from '../../i18n/texts';
import { SplitPane } from '../../ui/split-pane';
import { FollowerTable } from './follower-table';
import { FollowerTools } from './follower-tools';
import styles from './followers.module.css';
import { ImportBanners } from './import-banner';
import { ProfilePane } from './profile-pane';
import { toFilter, useFollowerQuery } from './query-store';
import { followersTexts } from './texts';
import { useFollowers } from './use-followers';

/** The whole base: searched, filtered and sorted in main, read by window. */
export function FollowersScreen() {
  const t = useTexts(followersTexts);
  const accounts = useAccounts((state) => state.accounts);
  const filterAppid = useNavigation((state) => state.accountFilter);
  const follower = useNavigation((state) => state.follower);
  const query = useFollowerQuery((state) => state.query);
  const appid = filterAppid ?? (accounts.length === 1 ? (accounts[0]?.appid ?? null) : null);
  const list = useFollowers(toFilter(query, appid), query.sort);
  const shown = appid === null ? accounts : accounts.filter((account) => account.appid === appid);

  const table = (
    <div className={styles['screen']}>
      <FollowerTools appid={appid} total={list.view.total} />
      <ImportBanners accounts={shown} />
      <FollowerTable list={list} merged={appid === null} />
    </div>
  );
  if (!follower) return table;
  return (
    <SplitPane
      name="follower-profile"
      label={t('profile')}
      side="end"
      width={320}
      min={260}
      max={520}
      pane={<ProfilePane key={`${follower.appid}/${follower.openid}`} person={follower} />}
    >
      {table}
    </SplitPane>
  );
}
