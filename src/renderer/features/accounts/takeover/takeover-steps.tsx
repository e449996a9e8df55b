import type { ReactNode } from 'react';
import type { Takeover } from '#shared/ipc/takeover-models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { formatDateTime } from '../../../ui/format';
import { Icon, type IconName } from '../../../ui/icon';
import { OpenPlatform } from '../wizard/open-platform';
import { groupNotes } from './group-notes';
import styles from './takeover.module.css';
import { takeoverTexts } from './texts';

export type Act = 'snapshot' | 'publishMenu' | 'importReplies' | 'check' | 'undo';

/** The button of one act; a main one leads on. */
export type ActButton = (
  act: Act,
  label: string,
  options?: { readonly isOff?: boolean; readonly isMain?: boolean },
) => ReactNode;

export type TakeoverPlace = 'wizard' | 'account' | 'scanned';

interface StepsProps {
  readonly view: Takeover;
  readonly button: ActButton;
  readonly place: TakeoverPlace;
}

/** What the website has, what was carried over, and the way back. */
export function TakeoverSteps({ view, button, place }: StepsProps) {
  const t = useTexts(takeoverTexts);
  if (view.phase !== 'open') return <GoingBack view={view} button={button} />;
  const isTouched = view.menu.step !== 'idle' || view.replies.step !== 'idle';
  return (
    <>
      <Kept view={view} button={button} isTouched={isTouched} />
      <Menu menu={view.menu} button={button} />
      <Replies replies={view.replies} button={button} />
      {place === 'account' ? (
        <div className={styles['step']}>
          <h3>{t('server')}</h3>
          <p className={styles['muted']}>{t('serverText')}</p>
          <InCharge view={view} />
          {button('check', t('check'))}
        </div>
      ) : null}
      {place === 'account' || isTouched ? (
        <div className={styles['step']}>
          <p className={styles['muted']}>{t('undoText')}</p>
          {button('undo', t('undo'))}
        </div>
      ) : null}
    </>
  );
}

function GoingBack({ view, button }: Omit<StepsProps, 'place'>) {
  const t = useTexts(takeoverTexts);
  if (view.phase === 'undoing') {
    return (
      <div className={styles['step']}>
        <p className={styles['muted']}>{t('undoText')}</p>
        <Standing step="begun" />
        {button('undo', t('resume'), { isMain: true })}
      </div>
    );
  }
  return (
    <div className={styles['step']}>
      <Line icon="check" tone="good">
        {t('undone')}
      </Line>
      <h3>{t('switchOff')}</h3>
      <ol className={styles['numbered']}>
        <li>{t('switchOff1')}</li>
        <li>{t('switchOff2')}</li>
        <li>{t('switchOff3')}</li>
      </ol>
      <OpenPlatform />
      <InCharge view={view} />
      <div className={styles['actions']}>
        {button('check', t('check'))}
        {button('snapshot', t('readAgain'))}
      </div>
    </div>
  );
}

function Kept(props: { readonly view: Takeover; readonly button: ActButton; readonly isTouched: boolean }) {
  const t = useTexts(takeoverTexts);
  const locale = useLocale();
  const { menu, replies, media, takenAt } = props.view;
  const hasNothing = menu.stops.length + replies.stops.length === 0;
  return (
    <div className={styles['step']}>
      <h3>{t('kept')}</h3>
      <p className={styles['muted']}>{t('keptAt', { date: formatDateTime(takenAt, locale) })}</p>
      {hasNothing ? <p>{t('nothing')}</p> : null}
      <div className={styles['stops']}>
        <Names title={t('menuStops')} names={menu.stops} />
        <Names title={t('repliesStop')} names={replies.stops} />
      </div>
      {media.kept + media.lost > 0 ? <p>{t('media', media)}</p> : null}
      {props.isTouched ? null : props.button('snapshot', t('readAgain'))}
    </div>
  );
}

function Menu({ menu, button }: { readonly menu: Takeover['menu']; readonly button: ActButton }) {
  const t = useTexts(takeoverTexts);
  const isOff = !menu.isAllowed || menu.buttons === 0;
  return (
    <div className={styles['step']}>
      <h3>{t('menu')}</h3>
      <p className={styles['muted']}>{t('menuText')}</p>
      {menu.hasApiMenu && menu.step === 'idle' ? <p>{t('menuReplaces')}</p> : null}
      {menu.isAllowed ? null : <p>{t('menuNotAllowed')}</p>}
      {menu.isAllowed && menu.buttons === 0 ? <p>{t('menuEmpty')}</p> : null}
      <Notes notes={menu.notes} />
      <Standing step={menu.step} />
      {menu.step === 'done' ? null : button('publishMenu', t('publish'), { isOff, isMain: !isOff })}
    </div>
  );
}

function Replies({ replies, button }: { readonly replies: Takeover['replies']; readonly button: ActButton }) {
  const t = useTexts(takeoverTexts);
  const isOff = replies.rules === 0;
  return (
    <div className={styles['step']}>
      <h3>{t('replies')}</h3>
      <p className={styles['muted']}>{t('repliesText')}</p>
      {isOff ? <p>{t('repliesEmpty')}</p> : null}
      <Notes notes={replies.notes} />
      <Standing step={replies.step} />
      {replies.step === 'done'
        ? null
        : button('importReplies', t('import', { count: replies.rules }), { isOff, isMain: !isOff })}
    </div>
  );
}

const TONES = { website: 'plain', server: 'good', unknown: 'plain' } as const;

function InCharge({ view }: { readonly view: Takeover }) {
  const t = useTexts(takeoverTexts);
  const text = { website: t('website'), server: t('serverOn'), unknown: t('unknown') }[view.inCharge];
  return (
    <div aria-live="polite">
      <Line icon={view.inCharge === 'server' ? 'online' : 'info'} tone={TONES[view.inCharge]}>
        {text}
      </Line>
    </div>
  );
}

function Standing({ step }: { readonly step: Takeover['menu']['step'] }) {
  const t = useTexts(takeoverTexts);
  if (step === 'idle') return null;
  return (
    <div role="status">
      <Line icon={step === 'done' ? 'check' : 'warning'} tone={step === 'done' ? 'good' : 'warn'}>
        {t(step)}
      </Line>
    </div>
  );
}

function Line(props: {
  readonly icon: IconName;
  readonly tone: 'good' | 'warn' | 'plain';
  readonly children: string;
}) {
  return (
    <p className={styles['line']} data-tone={props.tone}>
      <Icon name={props.icon} size={16} />
      <span>{props.children}</span>
    </p>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div className={styles['names']}>
      <p className={styles['muted']}>{title}</p>
      <ul>
        {names.map((name, index) => (
          <li key={index}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

function Notes({ notes }: { readonly notes: Takeover['menu']['notes'] }) {
  const t = useTexts(takeoverTexts);
  if (notes.length === 0) return null;
  return (
    <ul className={styles['notes']}>
      {groupNotes(notes).map(({ reason, names }) => (
        <li key={reason}>{t(`note_${reason}`, { name: names.join(t('and')) })}</li>
      ))}
    </ul>
  );
}
