import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import styles from './list.module.css';
import { listTexts } from './texts';

/** Whoever snoozes past the window loses the right to reply: said before, not after. */
export function AfterClosing() {
  const t = useTexts(listTexts);
  return (
    <span className={styles['afterClosing']}>
      <Icon name="clock" size={14} />
      {t('afterClosing')}
    </span>
  );
}
