import Select from 'antd/es/select';
import type { RefSelectProps } from 'antd/es/select';
import { useEffect, useRef, useState } from 'react';
import { isOwnTag, isTagName, MAX_TAGS_PER_FOLLOWER } from '#shared/domain/follower-edits';
import type { Follower, Tag } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { IconButton } from '../../../ui/icon-button';
import { useToast } from '../../../ui/toast';
import { createTag, setTags } from './profile-store';
import styles from './profile.module.css';
import { peopleTexts } from './people-texts';
import { useTagging } from './profile-visibility';

/** The tags of a person: shown as words, changed in a list that is searched while typing. */
export function TagEditor(props: { readonly follower: Follower; readonly tags: readonly Tag[] }) {
  const { follower, tags } = props;
  const t = useTexts(peopleTexts);
  const [editing, setEditing] = useState(false);
  const wishes = useTagging((state) => state.wishes);
  const heard = useRef(wishes);
  useEffect(() => {
    if (heard.current === wishes) return;
    heard.current = wishes;
    setEditing(true);
  }, [wishes]);
  if (editing) return <TagSelect {...props} onDone={() => setEditing(false)} />;
  const names = follower.tagIds.flatMap((id) => tags.find((tag) => tag.id === id)?.name ?? []);
  return (
    <span className={styles['editable']}>
      {names.length === 0 ? (
        <span className={styles['nothing']}>{t('tagsNone')}</span>
      ) : (
        <span className={styles['tags']}>
          {names.map((name) => (
            <span key={name} className={styles['tag']}>
              {name}
            </span>
          ))}
        </span>
      )}
      <IconButton icon="tag" label={t('tagsEdit')} onClick={() => setEditing(true)} />
    </span>
  );
}

/** In place of an id: the tag of the name that was typed, which does not exist yet. */
const NEW_TAG = -1;

function TagSelect(props: {
  readonly follower: Follower;
  readonly tags: readonly Tag[];
  readonly onDone: () => void;
}) {
  const { follower, tags } = props;
  const t = useTexts(peopleTexts);
  const toast = useToast();
  const field = useRef<RefSelectProps>(null);
  const [wanted, setWanted] = useState(() => follower.tagIds.filter(isOwnTag));
  const [search, setSearch] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const work = (task: Promise<void>) => {
    setBusy(true);
    task.catch((error: unknown) => toast.failed(error)).finally(() => setBusy(false));
  };
  const keep = () => work(setTags(follower, wanted).then(props.onDone));
  const own = tags.filter(({ id }) => isOwnTag(id));
  const typed = search.trim();
  const isNew = isTagName(typed) && own.every(({ name }) => name !== typed);
  const change = (ids: number[]) => {
    setSearch('');
    if (!ids.includes(NEW_TAG)) setWanted(ids);
    else work(createTag(follower.appid, typed).then((tag) => setWanted((before) => [...before, tag.id])));
  };
  return (
    <div
      className={styles['form']}
      onKeyDownCapture={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Escape' && event.key !== 'Tab')) return;
        event.preventDefault();
        // The list would take Tab for one more choice.
        event.stopPropagation();
        if (event.key === 'Tab') keep();
        else props.onDone();
      }}
    >
      <Select
        ref={field}
        mode="multiple"
        size="small"
        defaultOpen
        disabled={busy}
        loading={busy}
        aria-label={t('tagsEdit')}
        placeholder={t('tagsSearch')}
        maxCount={MAX_TAGS_PER_FOLLOWER}
        value={wanted}
        options={[
          ...own
            .filter(({ name }) => name.toLocaleLowerCase().includes(typed.toLocaleLowerCase()))
            .map(({ id, name }) => ({ value: id, label: name })),
          ...(isNew ? [{ value: NEW_TAG, label: t('tagsCreate', { name: typed }) }] : []),
        ]}
        filterOption={false}
        labelRender={({ value, label }) => own.find(({ id }) => id === value)?.name ?? label}
        searchValue={search}
        onSearch={setSearch}
        onChange={change}
        onOpenChange={(open) => {
          if (!open) keep();
        }}
      />
      <p className={styles['help']}>{t('tagsHelp')}</p>
    </div>
  );
}
