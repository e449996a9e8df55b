import Collapse from 'antd/es/collapse';
import Spin from 'antd/es/spin';
import { useState } from 'react';
import {
  CHECK_IDS,
  checkName,
  firstCause,
  type CheckId,
  type CheckState,
  type Finding,
} from '#shared/domain/doctor/finding';
import { findingWords } from '#shared/domain/doctor/words';
import type { Examination } from '#shared/ipc/doctor-models';
import { pick } from '#shared/localized';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { serverNow } from '../../ui/clock';
import { Icon, type IconName } from '../../ui/icon';
import styles from './doctor.module.css';
import { FindingBody } from './finding-body';
import { doctorTexts } from './texts';

const ICONS: Readonly<Record<CheckState, IconName>> = {
  ok: 'check',
  warning: 'warning',
  failed: 'error',
  'not-applicable': 'minus',
  unknown: 'help',
};

type Shown = CheckState | 'waiting' | 'checking';

function Row(props: { readonly check: CheckId; readonly state: Shown; readonly title: string | null }) {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  const { check, state, title } = props;
  return (
    <div className={styles['row']} data-state={state}>
      <span className={styles['mark']}>
        {state === 'checking' ? <Spin size="small" /> : null}
        {state === 'checking' || state === 'waiting' ? null : <Icon name={ICONS[state]} size={18} />}
      </span>
      <span className={styles['name']}>{pick(checkName(check), locale)}</span>
      <span className={styles['title']}>{title}</span>
      <span className={styles['state']}>{t(state)}</span>
    </div>
  );
}

/** The ten checks in their order; the first cause is open until the reader chooses otherwise. */
export function CheckList({ examination }: { readonly examination: Examination }) {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const { findings, current, finishedAt, appid } = examination;
  const found = new Map<CheckId, Finding>(findings.map((one) => [one.check, one]));
  const cause = finishedAt === null ? null : firstCause(findings);
  const open = chosen ?? (cause === null ? [] : [cause.check]);
  const items = CHECK_IDS.map((check) => {
    const finding = found.get(check);
    const title = finding ? findingWords(finding, { locale, now: serverNow() }).title : null;
    const state: Shown = finding?.state ?? (check === current ? 'checking' : 'waiting');
    return {
      key: check,
      label: <Row check={check} state={state} title={title} />,
      collapsible: finding ? ('header' as const) : ('disabled' as const),
      children: finding ? <FindingBody finding={finding} appid={appid} /> : null,
    };
  });
  return (
    <section aria-label={t('checks')}>
      <Collapse
        ghost
        className={styles['checks'] ?? ''}
        items={items}
        activeKey={[...open]}
        expandIconPlacement="end"
        expandIcon={({ isActive }) => (
          <span className={styles['chevron']}>
            <Icon name={isActive ? 'chevronDown' : 'chevronRight'} size={16} />
          </span>
        )}
        onChange={(keys) => setChosen(keys)}
      />
    </section>
  );
}
