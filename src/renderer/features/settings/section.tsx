import type { ReactNode } from 'react';
import styles from './settings.module.css';

export function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles['section']} aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

export function Row(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{props.label}</span>
      <div className={styles['value']}>{props.children}</div>
    </div>
  );
}
