import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts';
import { uiTexts } from './texts';
import styles from './ui.module.css';

const QUIET_MS = 120;
const WIDTHS = ['62%', '48%', '70%', '55%', '66%', '42%'] as const;

/** Grey rows while a list is read. Drawn only after a moment, so that a fast answer does not flash. */
export function SkeletonList(props: { readonly rows: number; readonly rowHeight: number }) {
  const t = useTexts(uiTexts);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div role="status" aria-label={t('loading')}>
      {Array.from({ length: props.rows }, (_, index) => (
        <div key={index} className={styles['skeletonRow']} style={{ height: props.rowHeight }}>
          <div className={styles['skeletonDisc']} />
          <div className={styles['skeletonLines']}>
            <div className={styles['skeletonBar']} style={{ width: WIDTHS[index % WIDTHS.length] }} />
            <div className={styles['skeletonBar']} style={{ width: WIDTHS[(index + 3) % WIDTHS.length] }} />
          </div>
        </div>
      ))}
    </div>
  );
}
