import { languageOfConversation } from '#shared/domain/quick-replies/language';
import type { Variant } from '#shared/domain/quick-replies/quick-reply';
import type { Message } from '#shared/ipc/models';
import { useLocale } from '../../../../i18n/i18n';
import { useChat } from '../../chat/chat-store';

const NO_MESSAGES: readonly Message[] = [];

/** The language in which the customer of the open conversation writes; the page's own when nothing tells. */
export function useCustomerLanguage(): Variant {
  const locale = useLocale();
  const messages = useChat((state) => state.chat?.messages ?? NO_MESSAGES);
  return languageOfConversation(textsOf(messages), locale === 'en' ? 'en' : 'zh');
}

/** Texts of the customer, newest first. */
function textsOf(messages: readonly Message[]): readonly string[] {
  return messages
    .flatMap(({ body }) =>
      body.direction === 'in' && body.content.kind === 'text' ? [body.content.text] : [],
    )
    .reverse();
}
