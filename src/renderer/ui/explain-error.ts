import type { AppErrorData } from '#shared/app-error';
import { explain } from '#shared/error-texts';
import { pick, type Locale } from '#shared/localized';

export interface ErrorWords {
  readonly title: string;
  readonly cause: string;
  readonly advice: string;
}

/** Title, cause and advice of an error in one language. */
export function explainError(error: AppErrorData, locale: Locale): ErrorWords {
  const text = explain(error);
  return {
    title: pick(text.title, locale),
    cause: pick(text.cause, locale),
    advice: pick(text.advice, locale),
  };
}
