import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Follower } from '#shared/ipc/models';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import styles from './follower-fields.module.css';
import { IconButton } from './icon-button';
import { displayName, isNamed } from './identity';
import { uiTexts } from './texts';
import { useToast } from './toast';

/** Longest alias main takes. */
const MAX_ALIAS = 40;

interface Props {
  readonly follower: Follower;
  /** Keeps it, null for none; rejects when that failed. */
  readonly onSave: (alias: string | null) => Promise<void>;
}

/** The person's name; the shop's own name for them is edited in place. */
export function AliasField(props: Props) {
  const { follower } = props;
  const t = useTexts(uiTexts);
  const locale = useLocale();
  const [editing, setEditing] = useState(false);
  if (editing) return <AliasEditor {...props} onDone={() => setEditing(false)} />;
  const named = isNamed(follower);
  return (
    <div className={styles['nameLine']} data-unnamed={!named || undefined}>
      <h2 className={`${styles['name']} selectable`}>{displayName(follower, locale)}</h2>
      {named ? (
        <IconButton icon="edit" label={t('aliasChange')} onClick={() => setEditing(true)} />
      ) : (
        <Button size="small" onClick={() => setEditing(true)}>
          {t('aliasEdit')}
        </Button>
      )}
    </div>
  );
}

function AliasEditor(props: Props & { readonly onDone: () => void }) {
  const t = useTexts(uiTexts);
  const toast = useToast();
  const [value, setValue] = useState(props.follower.alias ?? '');
  const [busy, setBusy] = useState(false);
  const save = () => {
    setBusy(true);
    props
      .onSave(value.trim() || null)
      .then(props.onDone, (error: unknown) => toast.failed(error))
      .finally(() => setBusy(false));
  };
  return (
    <form
      className={styles['aliasForm']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Input
        autoFocus
        aria-label={t('alias')}
        placeholder={t('aliasPlaceholder')}
        maxLength={MAX_ALIAS}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          props.onDone();
        }}
      />
      <p className={styles['help']}>{t('aliasHelp')}</p>
      <div className={styles['formActions']}>
        <Button size="small" type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
        <Button size="small" onClick={props.onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
