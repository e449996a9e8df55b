import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import Segmented from 'antd/es/segmented';
import { useEffect, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { AuthorizationScope, AuthorizingRelay } from '#shared/ipc/authorize-models';
import type { Account } from '#shared/ipc/models';
import { openHelp, useNavigation } from '../../../app/navigation';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import { SkeletonList } from '../../../ui/skeleton-list';
import styles from '../accounts.module.css';
import { useAttempt } from './attempt-store';
import { PairForm } from './pair-form';
import { authorizeTexts } from './texts';

/** Which relay, which permissions, and the button that opens WeChat's page. */
export function BeginForm({
  account,
  onClose,
}: {
  readonly account: Account | null;
  readonly onClose: () => void;
}) {
  const t = useTexts(authorizeTexts);
  const addAccount = useNavigation((state) => state.addAccount);
  const [relays, setRelays] = useState<readonly AuthorizingRelay[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [pairing, setPairing] = useState(false);
  const [scope, setScope] = useState<AuthorizationScope>('all');
  const [apiOrigin, setApiOrigin] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppErrorData | null>(null);

  const read = async (): Promise<void> => {
    try {
      setRelays(await call('authorize.relays', {}));
    } catch (thrown) {
      setRelays([]);
      setError(toAppErrorData(thrown));
    }
  };
  useEffect(() => void read(), []);

  const relay = relays?.find(({ linkId }) => linkId === chosen) ?? relays?.[0] ?? null;
  const start = async (): Promise<void> => {
    if (relay === null) return;
    setBusy(true);
    setError(null);
    try {
      const attempt = await call('authorize.begin', {
        linkId: relay.linkId,
        scope,
        appid: account?.appid ?? null,
        ...(apiOrigin.trim() === '' ? {} : { apiOrigin: apiOrigin.trim() }),
      });
      if (useAttempt.getState().attempt === null) useAttempt.setState({ attempt });
    } catch (thrown) {
      setError(toAppErrorData(thrown));
      setBusy(false);
    }
  };

  if (relays === null) return <SkeletonList rows={2} rowHeight={48} />;
  const manual = <Button onClick={addAccount}>{t('manual')}</Button>;
  if (relay === null || pairing) {
    return (
      <PairForm
        onPaired={async ({ linkId }) => {
          await read();
          setChosen(linkId);
          setPairing(false);
        }}
        actions={
          <>
            {manual}
            <Button onClick={relay === null ? onClose : () => setPairing(false)}>{t('back')}</Button>
          </>
        }
      />
    );
  }
  return (
    <>
      <section className={styles['section']}>
        <h2>{t('relay')}</h2>
        <Radio.Group
          value={relay.linkId}
          onChange={(event) => setChosen(String(event.target.value))}
          options={relays.map(({ linkId, host }) => ({ value: linkId, label: host }))}
        />
        <div>
          <Button size="small" onClick={() => setPairing(true)}>
            {t('pairAnother')}
          </Button>
        </div>
        {relay.error ? <ErrorCard error={relay.error} onRetry={() => void read()} /> : null}
      </section>
      <section className={styles['section']}>
        <h2>{t('scope')}</h2>
        <div>
          <Segmented<AuthorizationScope>
            value={scope}
            onChange={setScope}
            options={[
              { value: 'all', label: t('scopeAll') },
              { value: 'chat', label: t('scopeChat') },
            ]}
          />
        </div>
        <p className={styles['muted']}>{t(scope === 'all' ? 'scopeAllHint' : 'scopeChatHint')}</p>
        <p className={styles['muted']}>{t('platforms')}</p>
        <button type="button" className={styles['plainLink']} onClick={() => openHelp('suppliers')}>
          {t('platformsHelp')}
        </button>
      </section>
      {account === null ? (
        <details className={styles['advanced']}>
          <summary>{t('advanced')}</summary>
          <label className={styles['section']}>
            {t('api')}
            <Input
              value={apiOrigin}
              onChange={(event) => setApiOrigin(event.target.value)}
              placeholder="https://api.weixin.qq.com"
              spellCheck={false}
              maxLength={300}
            />
            <span className={styles['tryHint']}>{t('apiHint')}</span>
          </label>
        </details>
      ) : null}
      {error ? <ErrorCard error={error} /> : null}
      <div className={styles['formActions']}>
        <Button type="primary" loading={busy} disabled={!relay.ready} onClick={() => void start()}>
          {t('start')}
        </Button>
        {manual}
        <Button onClick={onClose}>{t('back')}</Button>
      </div>
    </>
  );
}
