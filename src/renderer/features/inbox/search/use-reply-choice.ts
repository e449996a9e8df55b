import { flushSync } from 'react-dom';
import type { FoundQuickReply } from '#shared/ipc/search-models';
import { useAccounts } from '../../../app/accounts-store';
import { openQuickReply } from '../../../app/quick-reply-manager';
import { serverNow } from '../../../ui/clock';
import { useToast } from '../../../ui/toast';
import { useChat } from '../chat/chat-store';
import { insertFilledText } from '../composer/composer-store';
import { fieldTakesWords } from '../composer/field';
import { insertReply } from '../composer/quick-replies/insert-reply';
import { useFollowedLibrary } from '../composer/quick-replies/library-store';
import { useCustomerLanguage } from '../composer/quick-replies/use-customer-language';
import { valuesFor } from '../composer/quick-replies/values';
import { variantFound } from './found-reply';
import { leaveSearch } from './search-store';

export interface ReplyChoice {
  /** Whether choosing a reply puts it into the open conversation; else the manager shows it. */
  readonly inserts: (found: FoundQuickReply) => boolean;
  readonly said: (found: FoundQuickReply) => ReturnType<typeof variantFound>;
  readonly choose: (found: FoundQuickReply) => void;
}

/** What a quick reply among the results leads to. */
export function useReplyChoice(): ReplyChoice {
  const toast = useToast();
  const language = useCustomerLanguage();
  const conversation = useChat((state) => state.chat?.conversation ?? null);
  const account = useAccounts(
    (state) => state.accounts.find(({ appid }) => appid === conversation?.appid) ?? null,
  );
  const { library } = useFollowedLibrary();
  const said = (found: FoundQuickReply) => variantFound(found, language);
  const inserts = ({ reply }: FoundQuickReply): boolean =>
    conversation !== null &&
    library !== null &&
    (reply.appid === null || reply.appid === conversation.appid) &&
    fieldTakesWords();
  return {
    inserts,
    said,
    choose(found) {
      const body = said(found);
      const insert = inserts(found);
      // The field takes words only once the search no longer holds the focus.
      flushSync(leaveSearch);
      if (!insert || conversation === null || library === null || body === null) {
        openQuickReply(found.reply.id);
        return;
      }
      const values = valuesFor(conversation, account, library.shopWords, body.variant, serverNow());
      insertReply(found.reply, body, values, conversation, (filled) =>
        insertFilledText(conversation, filled),
      ).catch(toast.failed);
    },
  };
}
