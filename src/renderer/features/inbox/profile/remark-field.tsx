import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { remarkFits, REMARK_BYTES_UNDER } from '#shared/domain/follower-edits';
import { utf8Length } from '#shared/domain/media-limits';
import { useTexts } from '../../../i18n/texts';
import { IconButton } from '../../../ui/icon-button';
import { useToast } from '../../../ui/toast';
import styles from './profile.module.css';
import { peopleTexts } from './people-texts';

/** WeChat's own remark (备注名), edited in place; it is kept at WeChat, so saving it needs the network. */
export function RemarkField(props: {
  readonly remark: string;
  /** Rejects when WeChat did not take it; what was typed then stays. */
  readonly onSave: (remark: string) => Promise<void>;
}) {
  const t = useTexts(peopleTexts);
  const toast = useToast();
  const [value, setValue] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (value === null) {
    return (
      <span className={styles['editable']}>
        <span className={props.remark === '' ? styles['nothing'] : 'selectable'}>
          {props.remark === '' ? t('remarkNone') : props.remark}
        </span>
        <IconButton icon="edit" label={t('remarkEdit')} onClick={() => setValue(props.remark)} />
      </span>
    );
  }
  const fits = remarkFits(value.trim());
  const save = () => {
    if (!fits) return;
    setBusy(true);
    props
      .onSave(value.trim())
      .then(
        () => setValue(null),
        (error: unknown) => toast.failed(error),
      )
      .finally(() => setBusy(false));
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Input
        autoFocus
        size="small"
        aria-label={t('remarkEdit')}
        value={value}
        status={fits ? '' : 'error'}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          setValue(null);
        }}
      />
      <p className={styles['help']} data-bad={!fits || undefined}>
        {t('remarkHelp', { used: utf8Length(value.trim()), limit: REMARK_BYTES_UNDER - 1 })}
      </p>
      <span className={styles['formActions']}>
        <Button size="small" type="primary" htmlType="submit" loading={busy} disabled={!fits}>
          {t('save')}
        </Button>
        <Button size="small" onClick={() => setValue(null)}>
          {t('cancel')}
        </Button>
      </span>
    </form>
  );
}
