import Input from 'antd/es/input';
import type { AppErrorData } from '#shared/app-error';
import { mediaLimit } from '#shared/domain/media-limits';
import { readableText } from '#shared/domain/text-links';
import { withEmoji } from '#shared/domain/wechat-emoji';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { explainError } from '../../../ui/explain-error';
import { formatNumber } from '../../../ui/format';
import type { IconName } from '../../../ui/icon';
import { Icon } from '../../../ui/icon';
import { IconButton } from '../../../ui/icon-button';
import type { Person } from '../../../app/navigation';
import { composerTexts } from './composer-texts';
import { editFromTray, moveInTray, removeFromTray, setTitle } from './composer-store';
import type { FileRefusal } from './file-check';
import type { SendPlan, Tray, TrayFile, TrayItem } from './tray';
import { isMessage } from './tray';
import styles from './tray.module.css';

/** A tenth of a megabyte, bytes. */
const TENTH = (1024 * 1024) / 10;
const ICONS = { image: 'image', voice: 'mic', video: 'video' } as const satisfies Record<string, IconName>;

/** Files and piled texts above the field, in the order in which they leave; each says what it is and whether it can. */
export function TrayStrip(props: {
  readonly who: Person;
  readonly tray: Tray;
  /** Everything that Send will send: the text in the field too. */
  readonly plan: SendPlan;
  /** How many messages may leave now. */
  readonly allowance: number;
}) {
  const t = useTexts(composerTexts);
  const { tray, plan } = props;
  const messages = tray.filter(isMessage);
  return (
    <section className={styles['tray']} aria-label={t('trayLabel')}>
      {messages.length > 0 ? (
        <p className={styles['head']}>
          <span>
            {t(plan.total > messages.length ? 'trayOrderWithField' : 'trayOrder', { count: plan.total })}
          </span>
          <span className={styles['cost']}>
            {props.allowance > 0 ? t('trayCost', { allowance: props.allowance }) : t('trayBusy')}
          </span>
        </p>
      ) : null}
      <ol className={styles['items']} data-keeps-arrows>
        {tray.map((item, index) => (
          <Item
            key={item.id}
            who={props.who}
            item={item}
            place={messages.indexOf(item)}
            beyond={isMessage(item) && messages.indexOf(item) >= props.allowance}
            first={index === 0}
            last={index === tray.length - 1}
          />
        ))}
      </ol>
    </section>
  );
}

function Item(props: {
  readonly who: Person;
  readonly item: TrayItem;
  /** Among what will be sent, from 0; -1 for what will not. */
  readonly place: number;
  readonly beyond: boolean;
  readonly first: boolean;
  readonly last: boolean;
}) {
  const t = useTexts(composerTexts);
  const { who, item, beyond } = props;
  const name = item.kind === 'file' ? item.name : t('textItem');
  return (
    <li className={styles['item']} data-beyond={beyond || undefined} aria-label={name}>
      <span className={`${styles['place']} num`}>{props.place >= 0 ? props.place + 1 : null}</span>
      {item.kind === 'file' ? <Thumb item={item} /> : <Sign icon="inbox" />}
      <div className={styles['words']}>
        {item.kind === 'file' ? (
          <>
            <span className="ellipsis">{item.name}</span>
            <FileWords item={item} beyond={beyond} />
            {item.fileKind === 'video' && item.now.state === 'staged' ? (
              <Input
                size="small"
                variant="borderless"
                className={styles['title'] ?? ''}
                aria-label={t('videoTitle')}
                placeholder={t('videoTitle')}
                maxLength={64}
                value={item.title}
                onChange={(event) => setTitle(who, item.id, event.target.value)}
              />
            ) : null}
          </>
        ) : (
          <>
            <span className={styles['piled']}>{withEmoji(readableText(item.text))}</span>
            {beyond ? <Beyond /> : null}
          </>
        )}
      </div>
      <span className={styles['buttons']}>
        {item.kind === 'text' ? (
          <IconButton icon="edit" label={t('edit')} onClick={() => editFromTray(who, item.id)} />
        ) : null}
        {props.first && props.last ? null : (
          <>
            <IconButton
              icon="arrowUp"
              label={t('moveUp', { name })}
              disabled={props.first}
              onClick={() => moveInTray(who, item.id, -1)}
            />
            <IconButton
              icon="arrowDown"
              label={t('moveDown', { name })}
              disabled={props.last}
              onClick={() => moveInTray(who, item.id, 1)}
            />
          </>
        )}
        <IconButton icon="close" label={t('remove', { name })} onClick={() => removeFromTray(who, item.id)} />
      </span>
    </li>
  );
}

function Sign({ icon }: { readonly icon: IconName }) {
  return (
    <span className={styles['sign']}>
      <Icon name={icon} size={20} />
    </span>
  );
}

function Thumb({ item }: { readonly item: TrayFile }) {
  const { now } = item;
  if (now.state === 'refused' || now.state === 'failed') return <Sign icon="error" />;
  const picture = now.state !== 'staged' ? null : now.file.kind === 'image' ? now.file.url : now.poster;
  if (picture !== null) return <img src={picture} alt="" className={styles['thumb']} />;
  return <Sign icon={item.fileKind ? ICONS[item.fileKind] : 'file'} />;
}

function FileWords({ item, beyond }: { readonly item: TrayFile; readonly beyond: boolean }) {
  const t = useTexts(composerTexts);
  const locale = useLocale();
  const { now } = item;
  switch (now.state) {
    case 'staging':
      return (
        <span className={styles['facts']} role="status">
          {t('reading')}
        </span>
      );
    case 'refused':
      return <Refused words={refusalWords(now.refusal, item, t, locale)} />;
    case 'failed':
      return <Refused words={errorWords(now.error, locale)} />;
    case 'staged':
      return (
        <span className={styles['facts']}>
          <span>{t(now.file.kind)}</span>
          <span className="num">{megabytes(now.file.bytes, locale)}</span>
          {now.file.seconds === null ? null : (
            <span className="num">
              {t('seconds', { seconds: formatNumber(Math.max(1, Math.round(now.file.seconds)), locale) })}
            </span>
          )}
          {beyond ? <Beyond /> : <span>{t('ready')}</span>}
        </span>
      );
  }
}

function Beyond() {
  const t = useTexts(composerTexts);
  return (
    <span className={styles['beyond']}>
      <Icon name="warning" size={14} />
      {t('beyond')}
    </span>
  );
}

function Refused({ words }: { readonly words: string }) {
  return (
    <span className={styles['refusal']} role="alert">
      {words}
    </span>
  );
}

function errorWords(error: AppErrorData, locale: 'zh-CN' | 'en'): string {
  const { title, cause, advice } = explainError(error, locale);
  return locale === 'en' ? `${title}. ${cause} ${advice}` : `${title}：${cause}${advice}`;
}

function refusalWords(
  refusal: FileRefusal,
  item: TrayFile,
  t: ReturnType<typeof useTexts<(typeof composerTexts)['zh-CN']>>,
  locale: 'zh-CN' | 'en',
): string {
  switch (refusal.why) {
    case 'too-large':
      return t('tooLarge', {
        kind: t(refusal.kind),
        // Rounded up, so that it never reads like the limit itself.
        size: megabytes(Math.ceil(item.bytes / TENTH) * TENTH, locale),
        limit: megabytes(mediaLimit(refusal.kind).bytes, locale),
      });
    case 'overseas':
      return t('overseas', { kind: t(refusal.kind) });
    case 'wrong-kind':
      return t('wrongKind');
    case 'unreadable':
      return t('unreadable');
    case 'gone':
      return t('fileGone');
  }
}

/** WeChat's 10 MB is 10 × 1024 × 1024 bytes, so sizes next to it are counted the same way. */
export function megabytes(bytes: number, locale: 'zh-CN' | 'en'): string {
  const megabyte = 1024 * 1024;
  return bytes < megabyte / 10
    ? `${formatNumber(Math.max(1, Math.round(bytes / 1024)), locale)} KB`
    : `${formatNumber(Math.round((bytes / megabyte) * 10) / 10, locale)} MB`;
}
