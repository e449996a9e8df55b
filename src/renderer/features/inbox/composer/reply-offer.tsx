import Button from 'antd/es/button';
import type { MergeOffer } from '#shared/domain/reply-saver';
import type { Person } from '../../../app/navigation';
import { modifierKey } from '../../../app/shortcuts';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { Kbd } from '../../../ui/kbd';
import { composerTexts } from './composer-texts';
import { mergeWritten } from './composer-store';
import type { SendPlan } from './tray';
import styles from './tray.module.css';

/** When replies run short: what is prepared may be merged, or only the first of it can leave [I6]. */
export function ReplyOffer(props: {
  readonly who: Person;
  readonly offer: MergeOffer | null;
  readonly plan: SendPlan;
  readonly allowance: number;
}) {
  const t = useTexts(composerTexts);
  const { offer, plan, allowance } = props;
  if (offer) {
    return (
      <div className={styles['offer']} role="status">
        <Icon name="stack" size={16} />
        <span className={styles['offerWords']}>
          {t('merge', { before: offer.before, count: allowance, after: offer.after })}
        </span>
        <Button size="small" type="primary" onClick={() => mergeWritten(props.who)}>
          {t('mergeDo')}
        </Button>
        <span>
          <Kbd keys={modifierKey()} /> <Kbd keys="M" />
        </span>
      </div>
    );
  }
  if (plan.total <= 1 || plan.total <= allowance || allowance === 0) return null;
  return (
    <div className={styles['offer']} role="status">
      <Icon name="warning" size={16} />
      <span className={styles['offerWords']}>{t('short', { total: plan.total, count: allowance })}</span>
    </div>
  );
}
