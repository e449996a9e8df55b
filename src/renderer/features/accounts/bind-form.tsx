import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { Account } from '#shared/ipc/models';
import { refreshAccounts } from '../../app/accounts-store';
import { call } from '../../api';
import { useTexts } from '../../i18n/texts';
import { ErrorCard } from '../../ui/error-state';
import { toAppErrorData } from '../../ui/errors';
import styles from './accounts.module.css';
import { bindComplaint, EMPTY_BIND_FORM, toBindInput, type BindForm as Values } from './bind-rules';
import { ServerSettings } from './server-settings';
import { accountsTexts } from './texts';

/** The manual door: AppID and secret in, and after success what to paste at WeChat's console. */
export function BindForm(props: { readonly onClose: () => void; readonly onBound: (appid: string) => void }) {
  const t = useTexts(accountsTexts);
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);
  const [bound, setBound] = useState<Account | null>(null);

  const rule = (field: keyof Values) => [
    {
      validator: (_: unknown, value: unknown) => {
        const complaint = bindComplaint(field, typeof value === 'string' ? value : '');
        return complaint ? Promise.reject(new Error(t(complaint))) : Promise.resolve();
      },
    },
  ];
  const submit = async (values: Values) => {
    setBusy(true);
    setError(null);
    try {
      const account = await call('accounts.bind', toBindInput({ ...EMPTY_BIND_FORM, ...values }));
      // The secret is write-only: once main has it the page forgets it.
      form.setFieldValue('secret', '');
      setBound(account);
    } catch (thrown) {
      setError(toAppErrorData(thrown));
    } finally {
      setBusy(false);
    }
  };
  const finish = async (appid: string) => {
    await refreshAccounts();
    props.onBound(appid);
  };

  if (bound) {
    return (
      <div className={styles['detail']}>
        <div className={styles['detailInner']}>
          <h1>{t('boundTitle', { name: bound.name })}</h1>
          <ServerSettings account={bound} />
          <div>
            <Button type="primary" onClick={() => void finish(bound.appid)}>
              {t('serverDone')}
            </Button>
          </div>
        </div>
      </div>
    );
  }
  return (
    <div className={styles['detail']}>
      <div className={styles['detailInner']}>
        <header className={styles['section']}>
          <h1>{t('bindTitle')}</h1>
          <p className={styles['muted']}>{t('bindIntro')}</p>
        </header>
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={EMPTY_BIND_FORM}
          validateTrigger="onBlur"
          disabled={busy}
          onFinish={(values) => void submit(values)}
          className={styles['form'] ?? ''}
          autoComplete="off"
        >
          <div className={styles['formGrid']}>
            <Form.Item name="name" label={t('fieldName')} rules={rule('name')} extra={t('fieldNameHint')}>
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
          <Form.Item name="appid" label={t('fieldAppid')} rules={rule('appid')}>
            <Input
              className={styles['code'] ?? ''}
              placeholder="wx0123456789abcdef"
              spellCheck={false}
              maxLength={64}
            />
          </Form.Item>
          <Form.Item name="secret" label={t('fieldSecret')} rules={rule('secret')}>
            <Input.Password
              visibilityToggle={false}
              autoComplete="new-password"
              spellCheck={false}
              maxLength={128}
            />
          </Form.Item>
          <Form.Item
            name="relayUrl"
            label={t('fieldRelay')}
            rules={rule('relayUrl')}
            extra={t('fieldRelayHint')}
          >
            <Input placeholder="https://relay.example.com" spellCheck={false} maxLength={300} />
          </Form.Item>
          <Form.Item
            name="pairingCode"
            label={t('fieldCode')}
            rules={rule('pairingCode')}
            extra={t('fieldCodeHint')}
          >
            <Input className={styles['code'] ?? ''} spellCheck={false} maxLength={64} />
          </Form.Item>
          <details className={styles['advanced']}>
            <summary>{t('advanced')}</summary>
            <Form.Item
              name="apiOrigin"
              label={t('fieldApi')}
              rules={rule('apiOrigin')}
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
            <Button onClick={props.onClose}>{t('back')}</Button>
          </div>
        </Form>
      </div>
    </div>
  );
}
