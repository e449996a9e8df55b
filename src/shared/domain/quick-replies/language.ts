/** Which variant of a quick reply a customer reads. */
import type { Variant } from './quick-reply';

/** By script: any Chinese character means Chinese, letters alone mean English; null when there is neither. */
export function languageOf(text: string): Variant | null {
  // WeChat's emoji codes and addresses say nothing about who writes them.
  const words = text.replaceAll(/\[[^\]\s]{1,8}\]|https?:\/\/\S+/gu, ' ');
  if (/\p{Script=Han}/u.test(words)) return 'zh';
  return /\p{Script=Latin}/u.test(words) ? 'en' : null;
}

/** The language of the newest of the customer's texts that has one; `fallback` when none has. */
export function languageOfConversation(newestFirst: readonly string[], fallback: Variant): Variant {
  for (const text of newestFirst) {
    const language = languageOf(text);
    if (language !== null) return language;
  }
  return fallback;
}
