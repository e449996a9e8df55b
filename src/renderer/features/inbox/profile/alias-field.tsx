import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Follower } from '#shared/ipc/models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { displayName, isNamed } from '../../../ui/identity';
import { useToast } from '../../../ui/toast';
import { IconButton } from '../icon-button';
import styles from './profile.module.css';
import { updateFollower } from './profile-store';
import { profileTexts } from './texts';

/** Longest alias main takes. */
const MAX_ALIAS = 40;

/** The person's name; the shop's own name for them is edited in place. */
export function AliasField({ follower }: { readonly follower: Follower }) {
  const t = useTexts(profileTexts);
  const locale = useLocale();
  const [editing, setEditing] = useState(false);
  if (editing) return <AliasEditor follower={follower} onDone={() => setEditing(false)} />;
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

function AliasEditor(props: { readonly follower: Follower; readonly onDone: () => void }) {
  const { follower } = props;
  const t = useTexts(profileTexts);
  const toast = useToast();
  const [value, setValue] = useState(follower.alias ?? '');
  const [busy, setBusy] = useState(false);
  const save = () => {
    const alias = value.trim();
    setBusy(true);
    updateFollower(follower, { alias: alias === '' ? null : alias })
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
