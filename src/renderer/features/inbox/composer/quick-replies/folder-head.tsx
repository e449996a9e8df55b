import Button from 'antd/es/button';
import Dropdown from 'antd/es/dropdown';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { QuickReplyFolder } from '#shared/domain/quick-replies/quick-reply';
import { call } from '../../../../api';
import { useTexts } from '../../../../i18n/texts';
import { Icon } from '../../../../ui/icon';
import { useToast } from '../../../../ui/toast';
import styles from './quick-replies.module.css';
import { neighbourAfterStep } from './rows';
import { quickReplyTexts } from './texts';

const MAX_FOLDER_NAME = 60;

/** Asks for a name; Enter keeps it, Escape and leaving an empty field do not. */
function NameField(props: {
  readonly id: string | null;
  readonly name: string;
  readonly onDone: () => void;
}) {
  const t = useTexts(quickReplyTexts);
  const toast = useToast();
  const [name, setName] = useState(props.name);
  const keep = (): void => {
    if (name.trim() === '' || name.trim() === props.name) {
      props.onDone();
      return;
    }
    call('quickReplies.saveFolder', { id: props.id, name: name.trim() }).then(props.onDone, toast.failed);
  };
  return (
    <Input
      autoFocus
      size="small"
      className={styles['folderName'] ?? ''}
      aria-label={t('folderName')}
      placeholder={t('folderName')}
      maxLength={MAX_FOLDER_NAME}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') keep();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onDone();
      }}
    />
  );
}

export function NewFolder({ onDone }: { readonly onDone: () => void }) {
  return <NameField id={null} name="" onDone={onDone} />;
}

/** Name of a folder with what can be done to it. */
export function FolderHead(props: {
  readonly folder: QuickReplyFolder | null;
  readonly folders: readonly QuickReplyFolder[];
}) {
  const { folder, folders } = props;
  const t = useTexts(quickReplyTexts);
  const toast = useToast();
  const [naming, setNaming] = useState(false);
  if (folder === null) return <h3 className={styles['folderHead']}>{t('noFolder')}</h3>;
  if (naming) return <NameField id={folder.id} name={folder.name} onDone={() => setNaming(false)} />;
  const ids = folders.map(({ id }) => id);
  const step = (by: -1 | 1): void => {
    const before = neighbourAfterStep(ids, folder.id, by);
    if (before !== undefined) call('quickReplies.moveFolder', { id: folder.id, before }).catch(toast.failed);
  };
  const acts: Readonly<Record<string, () => void>> = {
    rename: () => setNaming(true),
    up: () => step(-1),
    down: () => step(1),
    remove: () => {
      call('quickReplies.removeFolder', { id: folder.id }).catch(toast.failed);
    },
  };
  return (
    <h3 className={styles['folderHead']}>
      <Icon name="folder" size={14} />
      <span className="ellipsis">{folder.name}</span>
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          items: [
            { key: 'rename', label: t('renameFolder') },
            { key: 'up', label: t('folderUp'), disabled: ids[0] === folder.id },
            { key: 'down', label: t('folderDown'), disabled: ids.at(-1) === folder.id },
            { type: 'divider' },
            { key: 'remove', label: t('removeFolder'), title: t('removeFolderHint') },
          ],
          onClick: ({ key }) => acts[key]?.(),
        }}
      >
        <Button
          type="text"
          size="small"
          aria-label={t('folderActions', { name: folder.name })}
          icon={<Icon name="more" size={14} />}
        />
      </Dropdown>
    </h3>
  );
}
