import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import { checkNewKfWorker, isWeChatId, kfAlias } from '#shared/domain/kf-account';
import type { KfDesk, KfWorker } from '#shared/ipc/people-models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { peopleTexts } from './people-texts';
import styles from './profile.module.css';

/** The workers of an account: who is bound, who is invited; add, invite, remove. */
export function WorkersDialog(props: {
  readonly appid: string;
  readonly desk: KfDesk;
  readonly onChange: (desk: KfDesk) => void;
  readonly onClose: () => void;
}) {
  const { appid, desk } = props;
  const t = useTexts(peopleTexts);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const work = (task: Promise<KfDesk>, then?: () => void) => {
    setBusy(true);
    task
      .then(
        (changed) => {
          props.onChange(changed);
          then?.();
        },
        (error: unknown) => toast.failed(error),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Modal open title={t('manageWorkers')} footer={null} width={520} onCancel={props.onClose}>
      <ul className={styles['workerList']}>
        {desk.workers.map((worker) => (
          <WorkerRow
            key={worker.account}
            worker={worker}
            busy={busy}
            onInvite={(wechatId) => work(call('kf.invite', { appid, account: worker.account, wechatId }))}
            onRemove={() => work(call('kf.remove', { appid, account: worker.account }))}
          />
        ))}
      </ul>
      <AddWorker
        accounts={desk.workers.map(({ account }) => account)}
        busy={busy}
        onAdd={(prefix, nick, then) => work(call('kf.add', { appid, prefix, nick }), then)}
      />
    </Modal>
  );
}

function WorkerRow(props: {
  readonly worker: KfWorker;
  readonly busy: boolean;
  readonly onInvite: (wechatId: string) => void;
  readonly onRemove: () => void;
}) {
  const { worker } = props;
  const t = useTexts(peopleTexts);
  const [wechatId, setWechatId] = useState('');
  const state = worker.bound
    ? t(worker.online ? 'workerOnline' : 'workerAway')
    : worker.invitation
      ? t(
          worker.invitation.status === 'waiting'
            ? 'invitationWaiting'
            : worker.invitation.status === 'rejected'
              ? 'invitationRejected'
              : 'invitationExpired',
          { wechatId: worker.invitation.wechatId },
        )
      : t('workerUnbound');
  const invitable = !worker.bound && worker.invitation?.status !== 'waiting';
  return (
    <li className={styles['workerRow']}>
      <span className={styles['workerWords']}>
        <strong className="ellipsis">{worker.nick}</strong>
        <span className={styles['help']}>
          {worker.account} · {state}
        </span>
      </span>
      {invitable ? (
        <form
          className={styles['invite']}
          onSubmit={(event) => {
            event.preventDefault();
            if (isWeChatId(wechatId)) props.onInvite(wechatId);
          }}
        >
          <Input
            size="small"
            aria-label={t('inviteWho', { nick: worker.nick })}
            placeholder={t('wechatId')}
            value={wechatId}
            status={wechatId === '' || isWeChatId(wechatId) ? '' : 'error'}
            onChange={(event) => setWechatId(event.target.value.trim())}
          />
          <Button size="small" htmlType="submit" disabled={props.busy || !isWeChatId(wechatId)}>
            {t('invite')}
          </Button>
        </form>
      ) : null}
      <Popconfirm
        title={t('removeWorkerAsk', { nick: worker.nick })}
        okText={t('removeWorker')}
        okButtonProps={{ danger: true }}
        cancelText={t('cancel')}
        onConfirm={props.onRemove}
      >
        <Button
          type="text"
          size="small"
          disabled={props.busy}
          aria-label={t('removeWorkerNamed', { nick: worker.nick })}
          icon={<Icon name="close" size={16} />}
        />
      </Popconfirm>
    </li>
  );
}

function AddWorker(props: {
  readonly accounts: readonly string[];
  readonly busy: boolean;
  readonly onAdd: (prefix: string, nick: string, then: () => void) => void;
}) {
  const t = useTexts(peopleTexts);
  const [prefix, setPrefix] = useState('');
  const [nick, setNick] = useState('');
  const refusal = checkNewKfWorker({ prefix, nick }, props.accounts);
  const alias = kfAlias(props.accounts);
  return (
    <form
      className={styles['addWorker']}
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal !== null) return;
        props.onAdd(prefix, nick, () => {
          setPrefix('');
          setNick('');
        });
      }}
    >
      <Input
        aria-label={t('workerPrefix')}
        placeholder={t('workerPrefix')}
        suffix={alias === null ? undefined : `@${alias}`}
        value={prefix}
        status={prefix !== '' && (refusal === 'prefix' || refusal === 'taken') ? 'error' : ''}
        onChange={(event) => setPrefix(event.target.value.trim())}
      />
      <Input
        aria-label={t('workerNick')}
        placeholder={t('workerNick')}
        value={nick}
        maxLength={32}
        status={nick !== '' && refusal === 'nick' ? 'error' : ''}
        onChange={(event) => setNick(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={refusal !== null} loading={props.busy}>
        {t('addWorker')}
      </Button>
      <p className={styles['help']}>{t('addWorkerHelp')}</p>
    </form>
  );
}
