import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useState, type ReactNode } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { AuthorizingRelay } from '#shared/ipc/authorize-models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import styles from '../accounts.module.css';
import { bindComplaint } from '../bind-rules';
import { accountsTexts } from '../texts';
import { authorizeTexts } from './texts';

interface Values {
  readonly relayUrl: string;
  readonly pairingCode: string;
}

/** Address and code of a relay that this computer is not paired with yet. */
export function PairForm(props: {
  readonly onPaired: (relay: AuthorizingRelay) => Promise<void>;
  readonly actions: ReactNode;
}) {
  const t = useTexts(authorizeTexts);
  const fields = useTexts(accountsTexts);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);
  const rule = (field: keyof Values) => [
    {
      validator: (_: unknown, value: unknown) => {
        const complaint = bindComplaint(field, typeof value === 'string' ? value : '');
        return complaint ? Promise.reject(new Error(fields(complaint))) : Promise.resolve();
      },
    },
  ];
  const pair = async (values: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await props.onPaired(await call('authorize.pair', values));
    } catch (thrown) {
      setError(toAppErrorData(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles['section']}>
      <h2>{t('pairTitle')}</h2>
      <p className={styles['muted']}>{t('pairIntro')}</p>
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        disabled={busy}
        initialValues={{ relayUrl: '', pairingCode: '' }}
        onFinish={(values) => void pair(values)}
        className={styles['form'] ?? ''}
        autoComplete="off"
      >
        <Form.Item
          name="relayUrl"
          label={fields('fieldRelay')}
          rules={rule('relayUrl')}
          extra={fields('fieldRelayHint')}
        >
          <Input autoFocus placeholder="https://relay.example.com" spellCheck={false} maxLength={300} />
        </Form.Item>
        <Form.Item
          name="pairingCode"
          label={fields('fieldCode')}
          rules={rule('pairingCode')}
          extra={fields('fieldCodeHint')}
        >
          <Input className={styles['code'] ?? ''} spellCheck={false} maxLength={64} />
        </Form.Item>
        {error ? <ErrorCard error={error} /> : null}
        <div className={styles['formActions']}>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('pair')}
          </Button>
          {props.actions}
        </div>
      </Form>
    </section>
  );
}
