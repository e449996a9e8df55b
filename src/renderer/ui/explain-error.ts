import type { AppErrorData } from '#shared/app-error';
import type { Locale } from '#shared/localized';

export interface ErrorText {
  readonly title: string;
  readonly cause: string;
  readonly advice: string;
}

/** Title, cause and advice of an error in one language. */
export function explainError(error: AppErrorData, locale: Locale): ErrorText {
  const title = locale === 'en' ? 'This did not work' : '没有成功';
  return { title, cause: error.errmsg ?? '', advice: '' };
}
