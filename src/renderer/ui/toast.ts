import App from 'antd/es/app';
import { useMemo } from 'react';
import type { AppErrorData } from '#shared/app-error';
import { currentLocale } from '../i18n/i18n';
import { toAppErrorData } from './errors';
import { explainError } from './explain-error';

export interface Toast {
  done(text: string): void;
  warn(text: string): void;
  /** Shows the title and advice of anything thrown. */
  failed(error: unknown): void;
}

function sentence(error: AppErrorData): string {
  const text = explainError(error, currentLocale());
  return [text.title, text.advice].filter(Boolean).join(currentLocale() === 'en' ? '. ' : '。');
}

/** Short notices that need no answer. */
export function useToast(): Toast {
  const { message } = App.useApp();
  return useMemo(
    () => ({
      done: (text) => void message.success(text),
      warn: (text) => void message.warning(text),
      failed: (error) => void message.error(sentence(toAppErrorData(error))),
    }),
    [message],
  );
}
