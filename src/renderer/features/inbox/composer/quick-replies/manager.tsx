import Modal from 'antd/es/modal';
import Segmented from 'antd/es/segmented';
import { useEffect, useState } from 'react';
import { languageOf } from '#shared/domain/quick-replies/language';
import { wordsOf } from '#shared/domain/quick-replies/quick-reply';
import { closeQuickReplies, useQuickReplyManager } from '../../../../app/quick-reply-manager';
import { currentLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { ErrorState } from '../../../../ui/error-state';
import { SkeletonList } from '../../../../ui/skeleton-list';
import { ImportReview } from './import-review';
import { readLibrary, useFollowedLibrary } from './library-store';
import { beginReply, chooseReply, useManager } from './manager-store';
import styles from './quick-replies.module.css';
import { ReplyForm } from './reply-form';
import { ReplyList } from './reply-list';
import { ShopWordsForm } from './shop-words-form';
import { quickReplyTexts } from './texts';
import { useTransfer } from './use-transfer';

type Tab = 'replies' | 'shop';

/** Where quick replies are written, sorted, brought in and taken out; over whatever screen it was called from. */
export function QuickReplyManager() {
  const open = useQuickReplyManager((state) => state.open);
  return open ? <OpenManager /> : null;
}

function OpenManager() {
  const t = useTexts(quickReplyTexts);
  const { library, error } = useFollowedLibrary();
  const begin = useQuickReplyManager((state) => state.begin);
  const show = useQuickReplyManager((state) => state.show);
  const [tab, setTab] = useState<Tab>('replies');
  const transfer = useTransfer();
  useEffect(() => {
    if (begin === null) return;
    useQuickReplyManager.setState({ begin: null });
    const { body, pictureUrl, appid } = begin;
    const variant = languageOf(wordsOf(body)) ?? (currentLocale() === 'en' ? 'en' : 'zh');
    const pictures = 'pictureId' in body && pictureUrl !== null ? { [body.pictureId]: pictureUrl } : {};
    // An article belongs to its account; everything else may be said in every one.
    beginReply({ [variant]: body, appid: body.kind === 'article' ? appid : null }, pictures);
  }, [begin]);
  useEffect(() => {
    if (show === null) return;
    useQuickReplyManager.setState({ show: null });
    chooseReply(show);
  }, [show]);
  return (
    <Modal
      open
      centered
      width={960}
      title={t('title')}
      footer={null}
      onCancel={closeQuickReplies}
      className={styles['modal'] ?? ''}
    >
      <div className={styles['manager']}>
        <Segmented<Tab>
          value={tab}
          aria-label={t('title')}
          options={[
            { value: 'replies', label: t('tabReplies') },
            { value: 'shop', label: t('tabShop') },
          ]}
          onChange={setTab}
        />
        <div className={styles['managerBody']}>
          {library === null ? (
            error ? (
              <ErrorState error={error} onRetry={() => void readLibrary()} />
            ) : (
              <SkeletonList rows={6} rowHeight={56} />
            )
          ) : tab === 'shop' ? (
            <ShopWordsForm book={library.shopWords} />
          ) : (
            <div className={styles['panes']}>
              <ReplyList library={library} transfer={transfer} />
              <Chosen />
            </div>
          )}
        </div>
      </div>
      {transfer.plan ? <ImportReview plan={transfer.plan} transfer={transfer} /> : null}
    </Modal>
  );
}

function Chosen() {
  const t = useTexts(quickReplyTexts);
  const chosen = useManager((state) => state.chosen);
  const draft = useManager((state) => (chosen === null ? null : (state.drafts[chosen] ?? null)));
  const { library } = useFollowedLibrary();
  const kept = library?.replies.find(({ id }) => id === chosen) ?? null;
  if (library === null || (kept === null && draft === null))
    return <p className={styles['chooseOne']}>{t('choose')}</p>;
  const reply = draft?.reply ?? kept;
  return reply === null ? null : (
    <ReplyForm
      key={reply.id}
      reply={reply}
      kept={kept}
      changed={draft !== null}
      pictures={draft?.pictures ?? {}}
      library={library}
    />
  );
}
