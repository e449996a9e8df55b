import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import type { Follower } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { useToast } from '../../../ui/toast';
import { peopleTexts } from './people-texts';
import { setBlocked } from './profile-store';
import styles from './profile.module.css';

/** Puts a person on WeChat's blacklist, after a question, or takes them off it. */
export function BlockButton({ follower }: { readonly follower: Follower }) {
  const t = useTexts(peopleTexts);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const change = (blocked: boolean) => {
    setBusy(true);
    setBlocked(follower, blocked)
      .then(
        () => toast.done(t(blocked ? 'blocked' : 'unblocked')),
        (error: unknown) => toast.failed(error),
      )
      .finally(() => setBusy(false));
  };
  return (
    <section className={styles['section']}>
      {follower.blocked ? (
        <Button size="small" loading={busy} onClick={() => change(false)}>
          {t('unblock')}
        </Button>
      ) : (
        <Popconfirm
          title={t('blockAsk')}
          description={<p className={styles['ask']}>{t('blockHint')}</p>}
          okText={t('block')}
          okButtonProps={{ danger: true }}
          cancelText={t('cancel')}
          onConfirm={() => change(true)}
        >
          <Button size="small" danger loading={busy}>
            {t('block')}
          </Button>
        </Popconfirm>
      )}
    </section>
  );
}
