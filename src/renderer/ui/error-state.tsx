import Button from 'antd/es/button';
import type { AppErrorData } from '#shared/app-error';
import { parseErrmsg } from '#shared/domain/errcodes/parse-errmsg';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { CopyLink } from './copy';
import { explainError } from './explain-error';
import { Icon } from './icon';
import { uiTexts } from './texts';
import styles from './ui.module.css';

/** Title, cause, advice and the ids to hand to support; for use inside a form or a card. */
export function ErrorCard(props: { readonly error: AppErrorData; readonly onRetry?: () => void }) {
  const t = useTexts(uiTexts);
  return (
    <div role="alert" className={styles['errorCard']}>
      <ErrorText error={props.error} />
      {props.onRetry ? (
        <div className={styles['stateActions']}>
          <Button size="small" onClick={props.onRetry}>
            {t('retry')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The address that WeChat refused, to put on its whitelist. */
function refusedAddress(error: AppErrorData): string | null {
  const given = error.params?.['ip'];
  if (typeof given === 'string') return given;
  return error.errmsg === undefined ? null : parseErrmsg(error.errmsg).ip;
}

function ErrorText({ error }: { readonly error: AppErrorData }) {
  const t = useTexts(uiTexts);
  const text = explainError(error, useLocale());
  const address = refusedAddress(error);
  return (
    <div className={styles['error']}>
      <p className={styles['errorTitle']}>
        <Icon name="error" size={16} />
        {text.title}
      </p>
      {text.cause ? <p>{text.cause}</p> : null}
      {text.advice ? <p className={styles['errorAdvice']}>{text.advice}</p> : null}
      <p className={styles['errorFacts']}>
        <span className="mono">{error.code}</span>
        {error.errcode === undefined ? null : <span>{t('errcode', { code: error.errcode })}</span>}
        {address === null ? null : <CopyLink value={address} label={t('copyAddress', { ip: address })} />}
        {error.rid ? <CopyLink value={error.rid} label={t('copyRid', { rid: error.rid })} /> : null}
      </p>
    </div>
  );
}

/** Fills a pane or screen that could not be read. */
export function ErrorState(props: { readonly error: AppErrorData; readonly onRetry?: () => void }) {
  const t = useTexts(uiTexts);
  return (
    <div className={styles['state']} role="alert">
      <div className={styles['error']}>
        <ErrorText error={props.error} />
        {props.onRetry ? (
          <div className={styles['stateActions']}>
            <Button onClick={props.onRetry}>{t('retry')}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}
