import Dropdown from 'antd/es/dropdown';
import { memo, type ReactNode } from 'react';
import { CARD_KINDS, isCardKind, type CardKind } from '#shared/domain/cards/card';
import { cardObstacle } from '#shared/domain/cards/card-availability';
import { pick } from '#shared/localized';
import type { Conversation } from '#shared/ipc/models';
import { useSettledAccount } from '../../../../app/accounts-store';
import { openQuickReplies } from '../../../../app/quick-reply-manager';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import type { IconName } from '../../../../ui/icon';
import { Icon } from '../../../../ui/icon';
import { useStateOf } from '../../../../ui/use-state-of';
import { keyOf } from '../../key';
import type { BarModel } from '../bar-model';
import { useFollowedLibrary } from '../quick-replies/library-store';
import { QuickReplyPopover } from '../quick-replies/quick-reply-popover';
import { CardEditor } from './card-editor';
import { openCard, useBegunKinds } from './editor-store';
import styles from './insert.module.css';
import { insertTexts } from './texts';

const ICONS: Readonly<Record<CardKind, IconName>> = {
  menu: 'choices',
  article: 'article',
  news: 'link',
  miniprogram: 'miniprogram',
  music: 'music',
};
const HINTS = {
  menu: 'menuHint',
  article: 'articleHint',
  news: 'newsHint',
  miniprogram: 'miniprogramHint',
  music: 'musicHint',
} as const;

/**
 * What the composer offers beside text and files: the “+” with every kind of card, the quick replies that a slash calls,
 * and the editor of a card while one is open. What the account cannot send is greyed with the reason.
 Not drawn again with every key.
 */
export const InsertMenu = memo(function InsertMenu(props: {
  readonly conversation: Conversation;
  readonly bar: BarModel;
  readonly onSent: () => void;
}) {
  const { conversation } = props;
  const t = useTexts(insertTexts);
  const locale = useLocale();
  const account = useSettledAccount(conversation.appid);
  const begun = useBegunKinds(conversation);
  const name = keyOf(conversation);
  const [open, setOpen] = useStateOf(name, false);
  useFollowedLibrary();
  const items = CARD_KINDS.map((kind) => {
    const obstacle = account ? cardObstacle(kind, account) : null;
    return {
      key: kind,
      disabled: obstacle !== null,
      icon: <Icon name={ICONS[kind]} size={18} />,
      label: (
        <Entry
          name={t(kind)}
          mark={begun.includes(kind) ? t('begun') : null}
          hint={obstacle ? pick(obstacle, locale) : t(HINTS[kind])}
        />
      ),
    };
  });
  return (
    <>
      <Dropdown
        open={open}
        onOpenChange={setOpen}
        trigger={['click']}
        placement="topLeft"
        autoFocus
        menu={{
          className: styles['menu'] ?? '',
          items: [
            ...items,
            { type: 'divider' },
            {
              key: 'quick-replies',
              icon: <Icon name="quickReply" size={18} />,
              label: <Entry name={t('quickReplies')} mark={null} hint={t('quickRepliesHint')} />,
            },
          ],
          onClick: ({ key }) => {
            if (isCardKind(key)) openCard(conversation, key);
            else openQuickReplies();
          },
        }}
      >
        <button
          type="button"
          className={styles['plus']}
          data-begun={begun.length > 0 || undefined}
          aria-label={t('insert')}
          title={t(begun.length > 0 ? 'insertBegun' : 'insert')}
        >
          <Icon name="plus" size={18} />
        </button>
      </Dropdown>
      <QuickReplyPopover key={`replies ${name}`} conversation={conversation} />
      <CardEditor key={`card ${name}`} {...props} />
    </>
  );
});

function Entry(props: {
  readonly name: string;
  /** Said behind the name. */
  readonly mark: string | null;
  readonly hint: string;
}): ReactNode {
  return (
    <span className={styles['entry']}>
      <span>
        {props.name}
        {props.mark === null ? null : <span className={styles['entryMark']}>{props.mark}</span>}
      </span>
      <span className={styles['entryHint']}>{props.hint}</span>
    </span>
  );
}
