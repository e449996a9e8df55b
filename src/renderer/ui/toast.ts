import App from 'antd/es/app';
import Button from 'antd/es/button';
import { createElement, useMemo } from 'react';
import type { AppErrorData } from '#shared/app-error';
import { currentLocale } from '../i18n/i18n';
import { toAppErrorData } from './errors';
import { explainError } from './explain-error';

export interface Toast {
  done(text: string): void;
  warn(text: string): void;
  /** What was done, with a button that undoes it; a newer one takes its place. */
  undoable(text: string, label: string, undo: () => void): void;
  /** Shows the title and advice of anything thrown. */
  failed(error: unknown): void;
}

const UNDO = 'undo';
/** Long enough to read, think and reach for the mouse. */
const UNDO_SECONDS = 8;

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
      undoable: (text, label, undo) => {
        const button = createElement(
          Button,
          {
            type: 'link',
            size: 'small',
            onClick: () => {
              message.destroy(UNDO);
              undo();
            },
          },
          label,
        );
        void message.success({
          key: UNDO,
          duration: UNDO_SECONDS,
          content: [text, createElement('span', { key: 'undo' }, button)],
        });
      },
      failed: (error) => void message.error(sentence(toAppErrorData(error))),
    }),
    [message],
  );
}
