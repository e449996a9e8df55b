import type { ReactNode } from 'react';
import type { AppErrorData } from '#shared/app-error';
import { errcodeCard } from '#shared/domain/errcodes/catalogue';
import { explain } from '#shared/error-texts';
import type { Localized } from '#shared/localized';
import { pick } from '#shared/localized';
import type { Person } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { CopyLink } from '../../../ui/copy';
import { Icon } from '../../../ui/icon';
import { useOpenLink } from '../open-link';
import { inboxTexts } from '../texts';
import styles from './chat.module.css';
import { FailureActions } from './failure-actions';

/** Everything known about a refusal: what it means, when and why it comes, what to check, and what to quote to support. */
export function FailureCard(props: {
  readonly error: AppErrorData;
  readonly id: string;
  /** To whom it could not be sent. */
  readonly person: Person;
}) {
  const { error } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const openLink = useOpenLink();
  const text = explain(error);
  const card = error.errcode === undefined ? null : errcodeCard(error.errcode);
  const say = (words: Localized) => pick(words, locale);
  return (
    <div className={`${styles['failureCard']} selectable`} id={props.id}>
      <Part title={t('cardCause')}>{say(text.cause)}</Part>
      {card ? (
        <>
          <Part title={t('cardTrigger')}>{say(card.trigger)}</Part>
          <Part title={t('cardWhy')}>{say(card.why)}</Part>
          <Part title={t('cardChecklist')}>
            <ol className={styles['checklist']}>
              {card.checklist.map((item) => (
                <li key={item.en}>{say(item)}</li>
              ))}
            </ol>
          </Part>
          <Part title={t('cardActions')}>
            <FailureActions actions={card.actions} person={props.person} />
          </Part>
        </>
      ) : (
        <Part title={t('cardActions')}>{say(text.advice)}</Part>
      )}
      <p className={styles['failureFacts']}>
        <span>{error.errcode === undefined ? error.code : t('cardCode', { code: error.errcode })}</span>
        {error.errmsg ? (
          <span className="mono" title={t('cardErrmsg')}>
            {error.errmsg}
          </span>
        ) : null}
        {error.rid ? (
          <>
            <span className="mono">{error.rid}</span>
            <CopyLink value={error.rid} label={`${t('copy')} ${t('cardRid')}`} />
          </>
        ) : null}
        {card ? (
          <button type="button" className={styles['factLink']} onClick={() => openLink(card.link)}>
            {t('cardOfficial')}
            <Icon name="external" size={14} />
          </button>
        ) : null}
      </p>
    </div>
  );
}

function Part(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles['failurePart']}>
      <h4>{props.title}</h4>
      <div>{props.children}</div>
    </div>
  );
}
