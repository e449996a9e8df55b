import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { Account } from '#shared/ipc/models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import styles from '../accounts.module.css';
import own from './wizard.module.css';
import { toBindInput, type BindForm } from '../bind-rules';
import { accountsTexts } from '../texts';
import { useFieldRule } from './field-rule';
import { wizardTexts } from './texts';

const AS_TYPED = ['onChange', 'onBlur'];

/** AppID and AppSecret, proved at once by a token that is fetched through the relay. */
export function CredentialsStep(props: {
  readonly form: BindForm;
  readonly onChange: (fields: Partial<BindForm>) => void;
  readonly onBound: (account: Account) => void;
  readonly onPrevious: () => void;
}) {
  const t = useTexts(accountsTexts);
  const w = useTexts(wizardTexts);
  const rule = useFieldRule();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);
  // A value, and a complaint about it, must not hide; afterwards the person opens and closes it.
  const [startsOpen] = useState(props.form.apiOrigin !== '');
  const submit = async (values: Partial<BindForm>) => {
    setBusy(true);
    setError(null);
    try {
      props.onBound(await call('accounts.bind', toBindInput({ ...props.form, ...values })));
    } catch (thrown) {
      setError(toAppErrorData(thrown));
      setBusy(false);
    }
  };
  return (
    <Form<BindForm>
      layout="vertical"
      requiredMark={false}
      initialValues={props.form}
      disabled={busy}
      onValuesChange={(changed) => props.onChange(changed)}
      onFinish={(values) => void submit(values)}
      className={styles['form'] ?? ''}
      autoComplete="off"
    >
      <p className={own['stepIntro']}>{t('bindIntro')}</p>
      <div className={styles['formGrid']}>
        <Form.Item
          name="name"
          label={t('fieldName')}
          rules={rule('name')}
          validateTrigger="onBlur"
          extra={t('fieldNameHint')}
        >
          <Input autoFocus maxLength={40} />
        </Form.Item>
        <Form.Item name="region" label={t('fieldRegion')}>
          <Segmented
            options={[
              { value: 'mainland', label: t('mainland') },
              { value: 'overseas', label: t('overseas') },
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item name="kind" label={t('fieldKind')} extra={t('fieldKindHint')}>
        <Segmented
          options={[
            { value: 'service', label: t('service') },
            { value: 'subscription', label: t('subscription') },
          ]}
        />
      </Form.Item>
      <Form.Item name="appid" label={t('fieldAppid')} rules={rule('appid')} validateTrigger={AS_TYPED}>
        <Input
          className={styles['code'] ?? ''}
          placeholder="wx0123456789abcdef"
          spellCheck={false}
          maxLength={64}
        />
      </Form.Item>
      <Form.Item name="secret" label={t('fieldSecret')} rules={rule('secret')} validateTrigger={AS_TYPED}>
        <Input.Password
          visibilityToggle={false}
          autoComplete="new-password"
          spellCheck={false}
          maxLength={128}
        />
      </Form.Item>
      <details className={styles['advanced']} open={startsOpen}>
        <summary>{t('advanced')}</summary>
        <Form.Item
          name="callbackToken"
          label={t('fieldToken')}
          rules={rule('callbackToken')}
          validateTrigger={AS_TYPED}
          extra={t('fieldTokenHint')}
        >
          <Input.Password
            visibilityToggle={false}
            autoComplete="new-password"
            spellCheck={false}
            maxLength={64}
          />
        </Form.Item>
        <Form.Item
          name="encodingAESKey"
          label={t('fieldAes')}
          rules={rule('encodingAESKey')}
          validateTrigger={AS_TYPED}
          extra={t('fieldAesHint')}
        >
          <Input.Password
            visibilityToggle={false}
            autoComplete="new-password"
            spellCheck={false}
            maxLength={128}
          />
        </Form.Item>
        <Form.Item
          name="apiOrigin"
          label={t('fieldApi')}
          rules={rule('apiOrigin')}
          validateTrigger="onBlur"
          extra={t('fieldApiHint')}
        >
          <Input placeholder="https://api.weixin.qq.com" spellCheck={false} maxLength={300} />
        </Form.Item>
      </details>
      {error ? <ErrorCard error={error} /> : null}
      <div className={styles['formActions']}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {busy ? t('binding') : t('bind')}
        </Button>
        <Button onClick={props.onPrevious}>{w('previous')}</Button>
      </div>
    </Form>
  );
}
