import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts';
import { Icon } from './icon';
import { uiTexts } from './texts';
import { useToast } from './toast';
import styles from './ui.module.css';

const SHOWN_MS = 2000;

/** A small link that copies a value and says so for two seconds. */
export function CopyLink(props: { readonly value: string; readonly label?: string }) {
  const t = useTexts(uiTexts);
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(props.value).then(
      () => setCopied(true),
      () => toast.warn(t('copyFailed')),
    );
  };
  return (
    <button type="button" className={styles['link']} onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} size={14} />
      <span aria-live="polite">{copied ? t('copied') : (props.label ?? t('copy'))}</span>
    </button>
  );
}
