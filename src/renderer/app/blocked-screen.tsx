import type { AppErrorData } from '#shared/app-error';
import { ErrorState } from '../ui/error-state';
import styles from './shell.module.css';

/** The only thing shown when the app cannot work. */
export function BlockedScreen(props: { readonly error: AppErrorData; readonly onRetry?: () => void }) {
  return (
    <main className={styles['blocked']}>
      <ErrorState error={props.error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
    </main>
  );
}
