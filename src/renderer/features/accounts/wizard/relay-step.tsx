import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { RelayAddresses } from '#shared/ipc/binding-models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import styles from '../accounts.module.css';
import own from './wizard.module.css';
import type { BindForm } from '../bind-rules';
import { accountsTexts } from '../texts';
import { useFieldRule } from './field-rule';
import { wizardTexts } from './texts';
import { relayOriginOf } from './wizard-state';

type Fields = Pick<BindForm, 'relayUrl' | 'pairingCode'>;

/** Which relay, and the pairing with it. Where there is a pairing the code may stay empty. */
export function RelayStep(props: {
  readonly form: Fields;
  readonly known: readonly string[];
  readonly onChange: (fields: Partial<Fields>) => void;
  readonly onReached: (addresses: RelayAddresses) => void;
}) {
  const t = useTexts(wizardTexts);
  const labels = useTexts(accountsTexts);
  const rule = useFieldRule();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);
  const isPaired = props.known.includes(relayOriginOf(props.form.relayUrl));

  const reach = async (values: Fields) => {
    setBusy(true);
    setError(null);
    try {
      props.onReached(await call('binding.reachRelay', { ...values }));
    } catch (thrown) {
      setError(toAppErrorData(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ relayUrl: props.form.relayUrl, pairingCode: props.form.pairingCode }}
      disabled={busy}
      onValuesChange={(changed) => props.onChange(changed)}
      onFinish={(values) => void reach(values)}
      className={styles['form'] ?? ''}
      autoComplete="off"
    >
      <p className={own['stepIntro']}>{t('relayIntro')}</p>
      {props.known.length > 0 ? (
        <div className={own['knownRelays']}>
          <span className={styles['muted']}>{t('known')}</span>
          {props.known.map((url) => (
            <Button
              key={url}
              size="small"
              onClick={() => {
                form.setFieldsValue({ relayUrl: url });
                props.onChange({ relayUrl: url });
              }}
            >
              <span className="mono">{new URL(url).host}</span>
            </Button>
          ))}
        </div>
      ) : null}
      <Form.Item
        name="relayUrl"
        label={labels('fieldRelay')}
        rules={rule('relayUrl')}
        validateTrigger="onBlur"
        extra={labels('fieldRelayHint')}
      >
        <Input autoFocus placeholder="https://relay.example.com" spellCheck={false} maxLength={300} />
      </Form.Item>
      <Form.Item
        name="pairingCode"
        label={labels('fieldCode')}
        rules={rule('pairingCode', isPaired)}
        validateTrigger="onBlur"
        extra={isPaired ? t('codeKnown') : labels('fieldCodeHint')}
      >
        <Input className={styles['code'] ?? ''} spellCheck={false} maxLength={64} />
      </Form.Item>
      {error ? <ErrorCard error={error} /> : null}
      <div className={styles['formActions']}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('reach')}
        </Button>
      </div>
    </Form>
  );
}
