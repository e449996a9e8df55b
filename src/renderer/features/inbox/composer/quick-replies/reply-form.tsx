import App from 'antd/es/app';
import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useState } from 'react';
import { checkQuickReply } from '#shared/domain/quick-replies/check-quick-reply';
import { fillBody } from '#shared/domain/quick-replies/fill-body';
import {
  MAX_NAME,
  MAX_SHORTCUT,
  VARIANTS,
  type KeptQuickReply,
  type QuickReply,
  type QuickReplyBody,
  type Variant,
} from '#shared/domain/quick-replies/quick-reply';
import { VARIABLE_NAMES } from '#shared/domain/quick-replies/variables';
import type { QuickReplyLibrary } from '#shared/ipc/quick-reply-models';
import { call } from '../../../../api';
import { useAccounts } from '../../../../app/accounts-store';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { serverNow } from '../../../../ui/clock';
import { useToast } from '../../../../ui/toast';
import { CardPreview } from '../insert/card-preview';
import { Field, TextField } from '../insert/text-field';
import { BodyFields, emptyBody } from './body-fields';
import { KIND_NAMES } from './kinds';
import { chooseReply, dropDraft, writeDraft, type ReplyDraft } from './manager-store';
import { replyErrors } from './reply-errors';
import styles from './quick-replies.module.css';
import { quickReplyTexts } from './texts';
import { valuesFor } from './values';

const KINDS = ['text', 'image', 'menu', 'news', 'miniprogram', 'music'] as const;
const UNDO_SECONDS = 8;

const kindOf = (reply: QuickReply): QuickReplyBody['kind'] => (reply.zh ?? reply.en)?.kind ?? 'text';
const other = (variant: Variant): Variant => (variant === 'zh' ? 'en' : 'zh');

/** One reply: who may use it, what it is called by, and what it says in each language. */
export function ReplyForm(props: {
  readonly reply: QuickReply;
  /** As the library has it; null: it is new. */
  readonly kept: KeptQuickReply | null;
  /** It differs from what the library has. */
  readonly changed: boolean;
  readonly pictures: ReplyDraft['pictures'];
  readonly library: QuickReplyLibrary;
}) {
  const { reply, kept, library } = props;
  const t = useTexts(quickReplyTexts);
  const locale = useLocale();
  const toast = useToast();
  const { message } = App.useApp();
  const accounts = useAccounts((state) => state.accounts);
  const [variant, setVariant] = useState<Variant>(
    reply.zh === null && reply.en !== null ? 'en' : locale === 'en' && reply.en !== null ? 'en' : 'zh',
  );
  const [pressed, setPressed] = useState(false);
  const [busy, setBusy] = useState(false);
  const kind = kindOf(reply);
  const body = reply[variant];
  const problems = checkQuickReply(reply, library.replies);
  const errors = replyErrors(problems, pressed, t);

  const change = (patch: Partial<QuickReply>, pictures = props.pictures): void =>
    writeDraft({ reply: { ...plain(reply), ...patch }, pictures });
  const urlOf = (id: string): string | null =>
    id === '' ? null : (props.pictures[id] ?? `app://media/${id}`);

  const save = (): void => {
    setPressed(true);
    if (problems.length > 0) {
      const wrong = VARIANTS.find((one) => problems.some(({ field }) => field === one));
      if (wrong) setVariant(wrong);
      return;
    }
    setBusy(true);
    call('quickReplies.save', plain(reply))
      .then(() => {
        dropDraft(reply.id);
        toast.done(t('saved'));
      }, toast.failed)
      .finally(() => setBusy(false));
  };
  const remove = (): void => {
    dropDraft(reply.id);
    chooseReply(null);
    if (kept === null) return;
    call('quickReplies.remove', { id: reply.id }).then(() => {
      const handle = message.open({
        type: 'info',
        duration: UNDO_SECONDS,
        content: (
          <>
            {t('removed', { name: reply.name })}
            <Button
              type="link"
              size="small"
              onClick={() => {
                handle();
                call('quickReplies.restore', { id: reply.id }).then(
                  () => chooseReply(reply.id),
                  toast.failed,
                );
              }}
            >
              {t('undo')}
            </Button>
          </>
        ),
      });
    }, toast.failed);
  };
  const account = accounts.find(({ appid }) => appid === reply.appid) ?? accounts[0] ?? null;
  const filled =
    body && fillBody(body, valuesFor(null, account, library.shopWords, variant, serverNow()), variant);
  const unknown = (filled?.unknown ?? []).filter((name) => name !== 'alias');
  return (
    <div className={styles['form']}>
      <div className={styles['formBody']}>
        <div className={styles['two']}>
          <TextField
            label={t('name')}
            hint={t('nameHint')}
            autoFocus={kept === null}
            value={reply.name}
            limit={{ max: MAX_NAME, unit: 'characters' }}
            error={errors.name}
            onChange={(name) => change({ name })}
          />
          <TextField
            label={t('shortcut')}
            optional
            hint={t('shortcutHint', {
              example: reply.shortcut.trim() || (locale === 'en' ? 'hours' : 'yysj'),
            })}
            value={reply.shortcut}
            limit={{ max: MAX_SHORTCUT, unit: 'characters' }}
            error={errors.shortcut}
            onChange={(shortcut) => change({ shortcut: shortcut.replace(/^[/／]/u, '') })}
          />
        </div>
        <div className={styles['three']}>
          <Field label={t('folder')}>
            <Select<string>
              aria-label={t('folder')}
              value={reply.folderId ?? ''}
              options={[
                ...library.folders.map(({ id, name }) => ({ value: id, label: name })),
                { value: '', label: t('noFolder') },
              ]}
              onChange={(folderId) => change({ folderId: folderId === '' ? null : folderId })}
            />
          </Field>
          <Field label={t('scope')}>
            <Select<string>
              aria-label={t('scope')}
              value={reply.appid ?? ''}
              disabled={kind === 'article'}
              options={[
                { value: '', label: t('everyAccount') },
                ...accounts.map(({ appid, name }) => ({ value: appid, label: name })),
              ]}
              onChange={(appid) => change({ appid: appid === '' ? null : appid })}
            />
          </Field>
          <Field label={t('kind')}>
            <Select<QuickReplyBody['kind']>
              aria-label={t('kind')}
              value={kind}
              disabled={kind === 'article'}
              options={(kind === 'article' ? [kind] : KINDS).map((value) => ({
                value,
                label: t(KIND_NAMES[value]),
              }))}
              // Both languages are of one kind: a reply that is a card for some and a text for others would surprise.
              onChange={(next) => change({ zh: null, en: null, [variant]: emptyBody(next) })}
            />
          </Field>
        </div>
        <div className={styles['variantLine']}>
          <Segmented<Variant>
            aria-label={t('variant')}
            value={variant}
            options={VARIANTS.map((value) => ({
              value,
              label: `${t(value === 'zh' ? 'languageZh' : 'languageEn')}${reply[value] === null ? ` · ${t('variantMissing')}` : ''}`,
            }))}
            onChange={setVariant}
          />
          <span className={styles['grow']} />
          {body === null && reply[other(variant)] !== null ? (
            <Button size="small" type="text" onClick={() => change({ [variant]: reply[other(variant)] })}>
              {t('copyVariant')}
            </Button>
          ) : null}
          {body !== null && reply[other(variant)] !== null ? (
            <Button size="small" type="text" onClick={() => change({ [variant]: null })}>
              {t('clearVariant')}
            </Button>
          ) : null}
        </div>
        {errors.body ? (
          <p className={styles['problem']} role="alert">
            {errors.body}
          </p>
        ) : null}
        <BodyFields
          key={variant}
          body={body ?? emptyBody(kind)}
          variant={variant}
          pressed={pressed && body !== null}
          error={errors[variant]}
          urlOf={urlOf}
          onChange={(next, picture) =>
            change(
              { [variant]: next },
              picture ? { ...props.pictures, [picture.pictureId]: picture.url } : props.pictures,
            )
          }
        />
        {filled ? (
          <CardPreview
            body={filled.body}
            pictureUrl={'pictureId' in filled.body ? urlOf(filled.body.pictureId) : null}
          />
        ) : null}
        {unknown.length > 0 ? (
          <p className={styles['unknown']}>
            {t('previewUnknown', {
              names: unknown
                .map((name) => VARIABLE_NAMES[name][locale === 'en' ? 'en' : 'zh'])
                .join(locale === 'en' ? ', ' : '、'),
            })}
          </p>
        ) : null}
      </div>
      <div className={styles['formFoot']}>
        <Button danger type="text" onClick={remove}>
          {t('remove')}
        </Button>
        <span className={styles['grow']} />
        {kept ? (
          <Button disabled={!props.changed} onClick={() => dropDraft(reply.id)}>
            {t('revert')}
          </Button>
        ) : null}
        <Button type="primary" disabled={busy} onClick={save}>
          {t('save')}
        </Button>
      </div>
    </div>
  );
}

/** Without what use has left behind: that is main's alone. */
function plain({ id, appid, folderId, name, shortcut, zh, en }: QuickReply): QuickReply {
  return { id, appid, folderId, name, shortcut, zh, en };
}
