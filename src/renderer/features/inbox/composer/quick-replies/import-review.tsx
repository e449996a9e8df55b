import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import type { ImportProblem, PlannedEntry } from '#shared/domain/quick-replies/plan-import';
import type { ImportPlan } from '#shared/ipc/quick-reply-models';
import { useTexts, type Translate } from '../../../../i18n/texts';
import { Icon } from '../../../../ui/icon';
import styles from './quick-replies.module.css';
import { replyProblemWords } from './reply-errors';
import { quickReplyTexts } from './texts';
import type { Transfer } from './use-transfer';

const GROUPS = [
  ['refuse', 'importRefuse'],
  ['add', 'importAdd'],
  ['update', 'importUpdate'],
  ['skip', 'importSkip'],
  ['same', 'importSame'],
] as const;

type T = Translate<(typeof quickReplyTexts)['zh-CN']>;

/** What a file would do, before it does it: problems first, by the row of the file. */
export function ImportReview({ plan, transfer }: { readonly plan: ImportPlan; readonly transfer: Transfer }) {
  const t = useTexts(quickReplyTexts);
  const count = plan.entries.filter(({ action }) => action === 'add' || action === 'update').length;
  return (
    <Modal
      open
      centered
      width={640}
      title={t('importTitle')}
      onCancel={transfer.cancel}
      footer={
        <>
          <Button onClick={transfer.cancel}>{t('importCancel')}</Button>
          <Button type="primary" disabled={count === 0 || transfer.busy} onClick={transfer.apply}>
            {count === 0 ? t('importNothing') : t('importApply', { count })}
          </Button>
        </>
      }
    >
      <div className={styles['review']}>
        <p>{t('importFrom', { file: plan.fileName, count: plan.entries.length })}</p>
        <p className={styles['unknown']}>{t('importRule')}</p>
        {GROUPS.map(([action, name]) => (
          <Group
            key={action}
            name={t(name)}
            bad={action === 'refuse'}
            entries={plan.entries.filter((entry) => entry.action === action)}
          />
        ))}
      </div>
    </Modal>
  );
}

type Entry = Omit<PlannedEntry, 'reply'>;

function Group(props: { readonly name: string; readonly bad: boolean; readonly entries: readonly Entry[] }) {
  const t = useTexts(quickReplyTexts);
  if (props.entries.length === 0) return null;
  return (
    <section>
      <h3 className={styles['reviewHead']} data-bad={props.bad || undefined}>
        {props.bad ? <Icon name="warning" size={14} /> : null}
        {props.name}
        <span className="num">{props.entries.length}</span>
      </h3>
      <ul className={styles['reviewList']}>
        {props.entries.map((entry) => (
          <li key={entry.row} className={styles['reviewRow']}>
            <span className={`${styles['reviewNumber']} num`}>{t('importRow', { row: entry.row })}</span>
            <span className={styles['reviewName']}>{entry.name.trim() === '' ? '—' : entry.name}</span>
            <span className={styles['reviewWhy']} data-bad={props.bad || undefined}>
              {[
                ...entry.problems.map((problem) => problemWords(problem, t)),
                ...entry.notes.map((note) => t(note === 'repeated' ? 'noteRepeated' : 'noteOtherAccount')),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function problemWords(problem: ImportProblem, t: T): string {
  if (problem.field !== 'entry') return replyProblemWords(problem, t);
  switch (problem.problem) {
    case 'unreadable':
      return t('problemUnreadable');
    case 'picture-missing':
      return t('problemPicture');
    case 'too-many':
      return t('problemTooMany');
  }
}
