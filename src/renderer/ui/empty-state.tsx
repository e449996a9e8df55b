import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import styles from './ui.module.css';

/** What a list says when it has nothing: what belongs here and what to do next. */
export function EmptyState(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles['state']}>
      <span className={styles['stateIcon']}>
        <Icon name={props.icon} size={32} />
      </span>
      <p className={styles['stateTitle']}>{props.title}</p>
      {props.text ? <p className={styles['stateText']}>{props.text}</p> : null}
      {props.actions ? <div className={styles['stateActions']}>{props.actions}</div> : null}
    </div>
  );
}
