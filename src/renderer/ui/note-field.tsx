import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n/texts';
import styles from './follower-fields.module.css';
import { GrowingTextArea } from './growing-text-area';
import { uiTexts } from './texts';
import { useToast } from './toast';

/** Longest note main takes. */
const MAX_NOTE = 2000;
const PAUSE_MS = 600;

type Saving = 'idle' | 'saving' | 'saved' | 'failed';

/** The shop's note about a person; it saves itself after a pause and when it is left. Mount it anew for each person. */
export function NoteField(props: {
  readonly note: string | null;
  /** Keeps it, null for none; rejects when that failed. */
  readonly onSave: (note: string | null) => Promise<void>;
}) {
  const t = useTexts(uiTexts);
  const toast = useToast();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>('idle');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef<(() => Promise<void>) | null>(null);

  const save = async (text: string) => {
    clearTimeout(timer.current);
    pending.current = null;
    setSaving('saving');
    try {
      await props.onSave(text.trim() || null);
      setSaving('saved');
    } catch (error) {
      setSaving('failed');
      toast.failed(error);
    }
  };
  // Going to another person in the middle of a pause keeps what was typed.
  useEffect(() => () => void pending.current?.(), []);

  const change = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    pending.current = () => save(text);
    timer.current = setTimeout(() => void pending.current?.(), PAUSE_MS);
  };
  const words = { idle: '', saving: t('noteSaving'), saved: t('noteSaved'), failed: t('noteFailed') };
  return (
    <>
      <div className={styles['noteHead']}>
        <label htmlFor={id}>{t('note')}</label>
        <span role="status">{words[saving]}</span>
      </div>
      <GrowingTextArea
        id={id}
        value={draft ?? props.note ?? ''}
        maxLength={MAX_NOTE}
        className={styles['note'] ?? ''}
        placeholder={t('notePlaceholder')}
        onChange={(event) => change(event.target.value)}
        onBlur={() => void pending.current?.()}
      />
    </>
  );
}
