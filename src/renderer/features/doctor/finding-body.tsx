import type { Finding } from '#shared/domain/doctor/finding';
import { detailText, findingWords } from '#shared/domain/doctor/words';
import { pick } from '#shared/localized';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { serverNow } from '../../ui/clock';
import { CopyLink } from '../../ui/copy';
import styles from './doctor.module.css';
import { Remedies } from './remedies';
import { doctorTexts } from './texts';

function Details({ finding }: { readonly finding: Finding }) {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  const options = { locale, now: serverNow() };
  const { error } = finding;
  const facts: (readonly [label: string, value: string])[] = [
    ...finding.details.map((detail) => [pick(detail.label, locale), detailText(detail, options)] as const),
    ...(error?.errcode === undefined ? [] : [[t('errcode'), String(error.errcode)] as const]),
    ...(error?.errmsg === undefined ? [] : [[t('errmsg'), error.errmsg] as const]),
    [t('code'), finding.code],
  ];
  return (
    <details className={styles['details']}>
      <summary>{t('details')}</summary>
      <dl>
        {facts.map(([label, value], index) => (
          <div key={`${label}${String(index)}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {error?.rid === undefined ? null : (
          <div>
            <dt>{t('rid')}</dt>
            <dd className={styles['rid']}>
              {error.rid} <CopyLink value={error.rid} />
            </dd>
          </div>
        )}
      </dl>
    </details>
  );
}

/** One finding in full: why, what to do, the buttons for it, and the facts folded away. */
export function FindingBody({ finding, appid }: { readonly finding: Finding; readonly appid: string }) {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  const { cause, fix } = findingWords(finding, { locale, now: serverNow() });
  const well = finding.state === 'ok' || finding.state === 'not-applicable';
  return (
    <div className={styles['body']}>
      <dl className={styles['advice']}>
        <dt>{t(well ? 'note' : 'why')}</dt>
        <dd>{cause}</dd>
        <dt>{t('fix')}</dt>
        <dd>{fix}</dd>
      </dl>
      <Remedies remedies={finding.remedies} appid={appid} />
      <Details finding={finding} />
    </div>
  );
}
