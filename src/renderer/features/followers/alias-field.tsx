import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Follower } from '#shared/ipc/models';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../ui/icon';
import { displayName } from '../../ui/identity';
import { useToast } from '../../ui/toast';
import styles from './followers.module.css';
import { followersTexts } from './texts';

const MAX = 40;

/** The shop's own name for a person, edited in place: Enter or leaving keeps it, Escape does not. */
export function AliasField(props: {
  readonly follower: Follower;
  readonly onSave: (alias: string | null) => Promise<void>;
}) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const toast = useToast();
  const [draft, setDraft] = useState<string | null>(null);
  const { follower, onSave } = props;

  const save = async () => {
    if (draft === null) return;
    const alias = draft.trim() || null;
    if (alias !== follower.alias) {
      try {
        await onSave(alias);
      } catch (error) {
        toast.failed(error);
        return;
      }
    }
    setDraft(null);
  };
  if (draft !== null) {
    return (
      <Input
        autoFocus
        size="small"
        value={draft}
        maxLength={MAX}
        aria-label={t('alias')}
        title={t('aliasHint')}
        placeholder={t('alias')}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') void save();
          if (event.key === 'Escape') {
            event.preventDefault();
            setDraft(null);
          }
        }}
      />
    );
  }
  return (
    <div className={styles['profileName']}>
      <h2 className="ellipsis">{displayName(follower, locale)}</h2>
      <Button
        type="text"
        size="small"
        icon={<Icon name="edit" size={14} />}
        aria-label={t('aliasEdit')}
        title={t('aliasEdit')}
        onClick={() => setDraft(follower.alias ?? '')}
      />
    </div>
  );
}
