import Switch from 'antd/es/switch';
import type { ReactNode } from 'react';
import { Row } from './section';
import styles from './settings.module.css';

/** One thing that is on or off, what it means, and what belongs to it while it is on. */
export function SwitchRow(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
  /** Beside the switch. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <Row label={props.label}>
      <div className={styles['line']}>
        <Switch
          size="small"
          checked={props.on}
          disabled={props.disabled ?? false}
          aria-label={props.label}
          onChange={props.onChange}
        />
        {props.aside}
      </div>
      {props.hint === undefined ? null : <p className={styles['hint']}>{props.hint}</p>}
      {props.on && props.children ? <div className={styles['more']}>{props.children}</div> : null}
    </Row>
  );
}
