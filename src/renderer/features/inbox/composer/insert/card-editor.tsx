import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useState } from 'react';
import { isCardKind, type Card } from '#shared/domain/cards/card';
import { checkCard } from '#shared/domain/cards/check-card';
import { nextActText } from '#shared/domain/can-send';
import { pick } from '#shared/localized';
import type { Conversation } from '#shared/ipc/models';
import { call } from '../../../../api';
import { openQuickReplies } from '../../../../app/quick-reply-manager';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { sendMessage } from '../../chat/chat-store';
import type { BarModel } from '../bar-model';
import { focusComposer } from '../composer-store';
import { CardFields } from './card-fields';
import { CardPreview } from './card-preview';
import { changeCard, closeCard, useCardEditor, type Written } from './editor-store';
import styles from './insert.module.css';
import { insertTexts } from './texts';

const TITLES = {
  menu: 'editorMenu',
  article: 'editorArticle',
  news: 'editorNews',
  miniprogram: 'editorMiniprogram',
  music: 'editorMusic',
  image: 'editorImage',
} as const;

const cardOf = (body: Written['body']): Card | null => (body.kind === 'image' ? null : body);

/** The editor of the card that is being written for this conversation; nothing when there is none. */
export function CardEditor(props: {
  readonly conversation: Conversation;
  readonly bar: BarModel;
  readonly onSent: () => void;
}) {
  const { conversation } = props;
  const editing = useCardEditor((state) => state.editing);
  const here =
    editing?.key.appid === conversation.appid && editing.key.openid === conversation.openid ? editing : null;
  return here === null ? null : <OpenEditor key={here.body.kind} {...props} written={here} />;
}

function OpenEditor(props: {
  readonly conversation: Conversation;
  readonly bar: BarModel;
  readonly written: Written;
  readonly onSent: () => void;
}) {
  const { conversation, bar } = props;
  const { body, picture } = props.written;
  const t = useTexts(insertTexts);
  const [pressed, setPressed] = useState(false);
  const card = cardOf(body);
  const wrong = card !== null && checkCard(card).length > 0;
  const { appid } = conversation;

  const close = (sent: boolean): void => {
    closeCard(sent);
    focusComposer();
  };
  const send = (): void => {
    setPressed(true);
    if (wrong || bar.kind !== 'open') return;
    if (card !== null) void sendMessage(conversation, { kind: 'card', card, picture });
    else if (picture !== null) {
      const { pictureId: stagedId, ...file } = picture;
      void sendMessage(conversation, { kind: 'image', stagedId, ...file });
    }
    close(true);
    props.onSent();
  };
  const keep = (): void => {
    setPressed(true);
    if (wrong) return;
    closeCard(false);
    openQuickReplies({ body, pictureUrl: picture?.url ?? null, appid });
  };
  return (
    <Modal
      open
      centered
      width={840}
      title={t(TITLES[body.kind])}
      onCancel={() => close(false)}
      footer={
        <Footer
          bar={bar}
          wrong={pressed && wrong}
          onCancel={() => close(false)}
          onKeep={keep}
          onSend={send}
        />
      }
    >
      <div className={styles['editor']}>
        {card === null || !isCardKind(card.kind) ? null : (
          <div className={styles['fields']}>
            <CardFields
              card={card}
              pictureUrl={picture?.url ?? null}
              pictureGone={props.written.pictureGone ?? false}
              appid={appid}
              pressed={pressed}
              stage={(file) => call('cards.stagePicture', { appid, ...file })}
              onChange={(next, chosen) => changeCard(next, chosen === undefined ? picture : chosen)}
            />
          </div>
        )}
        <CardPreview body={body} pictureUrl={picture?.url ?? null} />
      </div>
    </Modal>
  );
}

/** The same question as the composer's: whether a message may leave now, and what it costs. */
function Footer(props: {
  readonly bar: BarModel;
  readonly wrong: boolean;
  readonly onCancel: () => void;
  readonly onKeep: () => void;
  readonly onSend: () => void;
}) {
  const { bar } = props;
  const t = useTexts(insertTexts);
  return (
    <div className={styles['footer']}>
      <span className={styles['footerWords']} role="status">
        <Cost bar={bar} />
      </span>
      <Button onClick={props.onCancel}>{t('cancel')}</Button>
      <Button onClick={props.onKeep}>{t('keep')}</Button>
      <Button type="primary" disabled={bar.kind !== 'open' || props.wrong} onClick={props.onSend}>
        {bar.kind === 'open' && bar.queueing ? t('sendQueued') : t('send')}
      </Button>
    </div>
  );
}

function Cost({ bar }: { readonly bar: BarModel }) {
  const t = useTexts(insertTexts);
  const locale = useLocale();
  if (bar.kind === 'open') return t('costs', { left: Math.max(0, bar.allowance - 1) });
  if (bar.kind === 'not-bound') return t('cannotSend', { reason: t('notBoundShort') });
  const [next] = bar.next;
  return (
    <span className={styles['closed']}>
      {t('cannotSend', { reason: t('closedShort') })}
      {next ? <span className={styles['next']}>{pick(nextActText(next.act), locale)}</span> : null}
    </span>
  );
}
