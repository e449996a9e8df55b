import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import { call } from '../../../api';
import { useNavigation } from '../../../app/navigation';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import styles from '../settings.module.css';
import { relayTexts } from './texts';

interface Values {
  readonly relayUrl: string;
  readonly pairingCode: string;
}

/** The other computer's side: address and code from the one that invites, then the way to its accounts. */
export function JoinDialog(props: { readonly onJoined: () => void; readonly onClose: () => void }) {
  const t = useTexts(relayTexts);
  const [busy, setBusy] = useState(false);
  const [joined, setJoined] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);
  const openAccounts = useNavigation((state) => state.go);
  const join = async (values: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await call('binding.reachRelay', { ...values });
      setJoined(true);
      props.onJoined();
    } catch (thrown) {
      setError(toAppErrorData(thrown));
    } finally {
      setBusy(false);
    }
  };
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Modal open width={480} title={t('joinTitle')} footer={null} onCancel={props.onClose}>
      {joined ? (
        <div className={styles['joined']}>
          <p role="status">{t('joined')}</p>
          <p className={styles['quiet']}>{t('joinedNext')}</p>
          <div className={styles['dialogActions']}>
            <Button onClick={props.onClose}>{t('close')}</Button>
            <Button type="primary" onClick={() => openAccounts('accounts')}>
              {t('toAccounts')}
            </Button>
          </div>
        </div>
      ) : (
        <Form<Values>
          layout="vertical"
          requiredMark={false}
          disabled={busy}
          initialValues={{ relayUrl: '', pairingCode: '' }}
          onFinish={(values) => void join(values)}
          autoComplete="off"
        >
          <p className={styles['joinIntro']}>{t('joinIntro')}</p>
          <Form.Item name="relayUrl" label={t('address')} rules={needed(t('addressMissing'))}>
            <Input autoFocus placeholder="https://relay.example.com" spellCheck={false} maxLength={300} />
          </Form.Item>
          <Form.Item name="pairingCode" label={t('code')} rules={needed(t('codeMissing'))}>
            <Input className="mono" spellCheck={false} maxLength={64} />
          </Form.Item>
          {error ? <ErrorCard error={error} /> : null}
          <div className={styles['dialogActions']}>
            <Button onClick={props.onClose}>{t('cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('joinNow')}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  );
}
