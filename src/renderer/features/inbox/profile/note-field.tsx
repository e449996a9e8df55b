import { useEffect, useRef, useState } from 'react';
import type { Follower } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { GrowingTextArea } from '../../../ui/growing-text-area';
import { useToast } from '../../../ui/toast';
import styles from './profile.module.css';
import { updateFollower } from './profile-store';
import { profileTexts } from './texts';

const MAX_NOTE = 2000;

/** The shop's note about a person; saved when the field or the person is left. Mounted anew for each person. */
export function NoteField({ follower }: { readonly follower: Follower }) {
  const t = useTexts(profileTexts);
  const toast = useToast();
  const kept = follower.note ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? kept;
  const save = () => {
    if (typed === null || typed === kept) return;
    updateFollower(follower, { note: typed.trim() === '' ? null : typed }).then(
      () => setTyped(null),
      (error: unknown) => toast.failed(error),
    );
  };
  const leave = useRef(save);
  useEffect(() => {
    leave.current = save;
  });
  // Going to another person in the middle of a word keeps it too.
  useEffect(() => () => leave.current(), []);
  return (
    <section className={styles['section']}>
      <h3 id="inbox-note">
        {t('note')}
        {typed !== null && typed !== kept ? (
          <span className={styles['help']}> · {t('noteUnsaved')}</span>
        ) : null}
      </h3>
      <GrowingTextArea
        className={styles['note'] ?? ''}
        aria-labelledby="inbox-note"
        placeholder={t('notePlaceholder')}
        maxLength={MAX_NOTE}
        value={value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
      />
    </section>
  );
}
