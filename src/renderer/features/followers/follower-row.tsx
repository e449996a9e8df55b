import { memo } from 'react';
import { subscribeSceneName } from '#shared/domain/subscribe-scene';
import { windowState } from '#shared/domain/window';
import type { Follower } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useAccount } from '../../app/accounts-store';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { AccountDot, Avatar } from '../../ui/avatar';
import { useNow } from '../../ui/clock';
import { formatRowTime } from '../../ui/format';
import { displayName, isNamed } from '../../ui/identity';
import { QuotaChip } from '../../ui/quota-chip';
import styles from './followers.module.css';
import { useTagNames } from './tag-names';
import { followersTexts } from './texts';

const WIDTHS = ['58%', '44%', '66%', '52%'] as const;
/** Countdowns in a list need no seconds, except in a one-minute window, which the chat shows. */
const TICK_MS = 10_000;

export function SkeletonRow({ index }: { readonly index: number }) {
  const t = useTexts(followersTexts);
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-label={t('loadingRow')}
      className={`${styles['cells']} ${styles['row']}`}
    >
      <span className={styles['name']}>
        <span className={styles['square']} />
        <span className={styles['bar']} style={{ width: WIDTHS[index % WIDTHS.length] }} />
      </span>
      {['tags', 'scene', 'since', 'last', 'window'].map((column) => (
        <span key={column} data-col={column}>
          <span className={styles['bar']} style={{ display: 'block', width: '60%' }} />
        </span>
      ))}
    </div>
  );
}

export interface FollowerRowProps {
  readonly follower: Follower;
  readonly index: number;
  /** Several accounts in one list: each row carries its account's colour. */
  readonly merged: boolean;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onOpen: (index: number) => void;
}

function AccountMark({ appid }: { readonly appid: string }) {
  const account = useAccount(appid);
  return account ? (
    <span title={account.name}>
      <AccountDot colour={account.colour} />
    </span>
  ) : null;
}

/** One person: a name or a stable placeholder, never an openid and never a blank. */
export const FollowerRow = memo(function FollowerRow(props: FollowerRowProps) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const now = useNow(TICK_MS);
  const { follower } = props;
  const tags = useTagNames(follower.appid, follower.tagIds);
  const time = (at: number | null, none: string) => (at === null ? none : formatRowTime(at, now, locale));
  return (
    <div
      role="row"
      aria-rowindex={props.index + 1}
      aria-selected={props.selected}
      className={`${styles['cells']} ${styles['row']} ${props.active ? styles['rowActive'] : ''}`}
      onClick={() => props.onOpen(props.index)}
    >
      <span role="gridcell" data-col="name" className={styles['name']}>
        <Avatar openid={follower.openid} size={24} />
        {props.merged ? <AccountMark appid={follower.appid} /> : null}
        <span className={`${styles['nameText']} ${isNamed(follower) ? '' : styles['nameless']} ellipsis`}>
          {displayName(follower, locale)}
        </span>
        {follower.following ? null : <span className={styles['leftMark']}>{t('left')}</span>}
      </span>
      <span role="gridcell" data-col="tags" className={`${styles['soft']} ellipsis`}>
        {tags.join(locale === 'en' ? ', ' : '、')}
      </span>
      <span role="gridcell" data-col="scene" className={`${styles['soft']} ellipsis`}>
        {pick(subscribeSceneName(follower.scene), locale)}
      </span>
      <span role="gridcell" data-col="since" className={`${styles['soft']} num ellipsis`}>
        {time(follower.subscribedAt, t('unknown'))}
      </span>
      <span role="gridcell" data-col="last" className={`${styles['soft']} num ellipsis`}>
        {time(follower.lastMessageAt, t('never'))}
      </span>
      <span role="gridcell" data-col="window">
        <QuotaChip state={windowState(follower.window, now)} />
      </span>
    </div>
  );
});
