import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n/texts';
import { GrowingTextArea } from '../../ui/growing-text-area';
import { useToast } from '../../ui/toast';
import styles from './followers.module.css';
import { followersTexts } from './texts';

const MAX = 2000;
const PAUSE_MS = 600;

type Saving = 'idle' | 'saving' | 'saved' | 'failed';

/** A note that saves itself after a pause and when the field is left. */
export function NoteField(props: {
  readonly note: string;
  readonly onSave: (note: string) => Promise<void>;
}) {
  const t = useTexts(followersTexts);
  const toast = useToast();
  const [draft, setDraft] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>('idle');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef<(() => void) | null>(null);

  const save = async (text: string) => {
    clearTimeout(timer.current);
    pending.current = null;
    setSaving('saving');
    try {
      await props.onSave(text.trim());
      setSaving('saved');
    } catch (error) {
      setSaving('failed');
      toast.failed(error);
    }
  };
  // Closing the pane in the middle of a pause keeps what was typed.
  useEffect(() => () => pending.current?.(), []);

  const change = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    pending.current = () => void save(text);
    timer.current = setTimeout(() => pending.current?.(), PAUSE_MS);
  };
  const words = { idle: '', saving: t('noteSaving'), saved: t('noteSaved'), failed: t('noteFailed') };
  return (
    <div className={styles['noteBox']}>
      <div className={styles['noteHead']}>
        <label htmlFor="follower-note">{t('note')}</label>
        <span role="status">{words[saving]}</span>
      </div>
      <GrowingTextArea
        id="follower-note"
        value={draft ?? props.note}
        maxLength={MAX}
        className={styles['note'] ?? ''}
        placeholder={t('notePlaceholder')}
        onChange={(event) => change(event.target.value)}
        onBlur={() => pending.current?.()}
      />
    </div>
  );
}
