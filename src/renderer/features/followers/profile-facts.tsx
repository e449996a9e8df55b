import type { ReactNode } from 'react';
import { subscribeSceneName } from '#shared/domain/subscribe-scene';
import type { Follower } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useAccount, useAccounts } from '../../app/accounts-store';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { CopyLink } from '../../ui/copy';
import { formatDateTime } from '../../ui/format';
import styles from './followers.module.css';
import { useTagNames } from './tag-names';
import { followersTexts } from './texts';

function Fact(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd className="num">{props.children}</dd>
    </>
  );
}

/** What WeChat still returns, and once what it does not (S2.16). */
export function ProfileFacts({ follower }: { readonly follower: Follower }) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const account = useAccount(follower.appid);
  const several = useAccounts((state) => state.accounts.length > 1);
  const tags = useTagNames(follower.appid, follower.tagIds);
  const time = (at: number | null) => (at === null ? t('unknown') : formatDateTime(at, locale));
  return (
    <dl className={styles['facts']}>
      {several && account ? <Fact label={t('account')}>{account.name}</Fact> : null}
      <Fact label={t('status')}>
        {t(follower.following ? 'statusFollowing' : 'statusLeft')}
        {follower.blocked ? ` · ${t('statusBlocked')}` : ''}
      </Fact>
      <Fact label={t('since')}>{time(follower.subscribedAt)}</Fact>
      {follower.following || follower.unsubscribedAt === null ? null : (
        <Fact label={t('leftAt')}>{time(follower.unsubscribedAt)}</Fact>
      )}
      <Fact label={t('scene')}>{pick(subscribeSceneName(follower.scene), locale)}</Fact>
      {follower.qrScene ? <Fact label={t('qrScene')}>{follower.qrScene}</Fact> : null}
      {tags.length > 0 ? <Fact label={t('colTags')}>{tags.join(locale === 'en' ? ', ' : '、')}</Fact> : null}
      {follower.remark ? <Fact label={t('remark')}>{follower.remark}</Fact> : null}
      {follower.firstContactAt === null ? null : (
        <Fact label={t('firstContact')}>{time(follower.firstContactAt)}</Fact>
      )}
      <Fact label={t('lastMessage')}>
        {follower.lastMessageAt === null ? t('never') : time(follower.lastMessageAt)}
      </Fact>
      {follower.firstWords ? <Fact label={t('firstWords')}>{follower.firstWords}</Fact> : null}
      {follower.unionid ? (
        <Fact label={t('unionid')}>
          <span className="mono">{follower.unionid}</span>
        </Fact>
      ) : null}
      <Fact label={t('openid')}>
        <span className="mono">{follower.openid}</span> <CopyLink value={follower.openid} />
      </Fact>
      <Fact label={t('notProvided')}>
        <span className={styles['soft']}>{t('notProvidedText')}</span>
      </Fact>
    </dl>
  );
}
