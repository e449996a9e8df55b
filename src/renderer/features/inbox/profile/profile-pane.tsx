import type { ReactNode } from 'react';
import { NO_NICKNAME_NOTE } from '#shared/domain/follower-identity';
import { subscribeSceneName } from '#shared/domain/subscribe-scene';
import { withEmoji } from '#shared/domain/wechat-emoji';
import type { Follower, Tag, TimelineEntry } from '#shared/ipc/models';
import { pick } from '#shared/localized';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { AliasField } from '../../../ui/alias-field';
import { Avatar } from '../../../ui/avatar';
import { useNow } from '../../../ui/clock';
import { CopyLink } from '../../../ui/copy';
import { ErrorState } from '../../../ui/error-state';
import { formatDateTime, formatRowTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { isNamed } from '../../../ui/identity';
import { NoteField } from '../../../ui/note-field';
import { SkeletonList } from '../../../ui/skeleton-list';
import { useTimelineDetail } from '../../../ui/timeline-detail';
import { useToast } from '../../../ui/toast';
import { keyOf } from '../key';
import { BlockButton } from './block-button';
import styles from './profile.module.css';
import { readEarlier, readProfile, setRemark, updateFollower, useProfile } from './profile-store';
import { RelatedAccounts } from './related-accounts';
import { RemarkField } from './remark-field';
import { TagEditor } from './tag-editor';
import { profileTexts } from './texts';
import { TIMELINE_KINDS } from './timeline-kinds';
import { WindowList } from './window-list';
import { WorkerSection } from './worker-section';

const MINUTE_MS = 60_000;

/** Who the customer is: name, what WeChat still tells, the shop's note, what happened lately. */
export function ProfilePane() {
  const t = useTexts(profileTexts);
  const { key, follower, tags, error } = useProfile();
  return (
    <aside className={styles['pane']} aria-label={t('label')} data-keeps-arrows tabIndex={-1}>
      {follower ? (
        <div key={keyOf(follower)} className={styles['content']}>
          <Head follower={follower} />
          <Facts follower={follower} tags={tags} />
          <p className={styles['copy']}>
            <CopyLink value={follower.openid} label={t('openId')} />
          </p>
          <section className={styles['section']}>
            <NoteField note={follower.note} onSave={(note) => updateFollower(follower, { note })} />
          </section>
          <RelatedAccounts />
          <WindowList />
          <WorkerSection follower={follower} />
          <Recent />
          <BlockButton follower={follower} />
        </div>
      ) : error && key ? (
        <ErrorState error={error} onRetry={() => void readProfile(key)} />
      ) : key ? (
        <SkeletonList rows={5} rowHeight={60} />
      ) : null}
    </aside>
  );
}

function Head({ follower }: { readonly follower: Follower }) {
  const t = useTexts(profileTexts);
  const locale = useLocale();
  const state = follower.blocked ? 'blocked' : follower.following ? 'following' : 'left';
  return (
    <header className={styles['head']}>
      <div className={styles['who']}>
        <Avatar openid={follower.openid} size={48} />
        <div className={styles['whoWords']}>
          <AliasField follower={follower} onSave={(alias) => updateFollower(follower, { alias })} />
          <p className={styles['follow']} data-state={state}>
            <Icon
              name={state === 'following' ? 'check' : state === 'left' ? 'userMinus' : 'lock'}
              size={14}
            />
            {t(state)}
          </p>
        </div>
      </div>
      {isNamed(follower) ? null : (
        <p className={styles['noName']}>
          <Icon name="info" size={16} />
          <span>{pick(NO_NICKNAME_NOTE, locale)}</span>
        </p>
      )}
    </header>
  );
}

function Facts(props: { readonly follower: Follower; readonly tags: readonly Tag[] }) {
  const { follower } = props;
  const t = useTexts(profileTexts);
  const locale = useLocale();
  const when = (at: number | null) => (at === null ? t('unknown') : formatDateTime(at, locale));
  return (
    <dl className={styles['facts']}>
      <Fact name={t('remark')}>
        <RemarkField remark={follower.remark} onSave={(remark) => setRemark(follower, remark)} />
      </Fact>
      <Fact name={t('tags')}>
        <TagEditor follower={follower} tags={props.tags} />
      </Fact>
      <Fact name={t('source')}>{pick(subscribeSceneName(follower.scene), locale)}</Fact>
      {follower.qrScene ? <Fact name={t('qrScene')}>{follower.qrScene}</Fact> : null}
      <Fact name={t('followedAt')}>{when(follower.subscribedAt)}</Fact>
      {follower.following ? null : <Fact name={t('leftAt')}>{when(follower.unsubscribedAt)}</Fact>}
      <Fact name={t('firstContact')}>
        {follower.firstContactAt === null ? (
          <span className={styles['nothing']}>{t('none')}</span>
        ) : (
          when(follower.firstContactAt)
        )}
      </Fact>
      {follower.firstWords ? <Fact name={t('firstWords')}>{withEmoji(follower.firstWords)}</Fact> : null}
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt>{props.name}</dt>
      <dd className="selectable">{props.children}</dd>
    </div>
  );
}

function Recent() {
  const t = useTexts(profileTexts);
  const toast = useToast();
  const { timeline, next } = useProfile();
  return (
    <section className={styles['section']}>
      <h3>{t('recent')}</h3>
      {timeline.length === 0 ? <p className={styles['nothing']}>{t('recentEmpty')}</p> : null}
      <ol className={styles['timeline']}>
        {timeline.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {next === null ? null : (
        <button
          type="button"
          className={styles['earlier']}
          onClick={() => void readEarlier().catch((error: unknown) => toast.failed(error))}
        >
          {t('recentMore')}
        </button>
      )}
    </section>
  );
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const t = useTexts(profileTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const [icon, kind] = TIMELINE_KINDS[entry.kind];
  const detail = useTimelineDetail(entry);
  return (
    <li className={styles['entry']}>
      <Icon name={icon} size={16} />
      <span className={styles['entryWords']}>
        <span className={styles['entryLine']}>
          <span className="ellipsis">{t(kind)}</span>
          <time className={styles['entryTime']} title={formatDateTime(entry.at, locale)}>
            {formatRowTime(entry.at, now, locale)}
          </time>
        </span>
        {detail ? <span className={styles['detail']}>{detail}</span> : null}
      </span>
    </li>
  );
}
