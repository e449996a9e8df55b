import { useMemo } from 'react';
import type { Message } from '#shared/ipc/models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { useToast } from '../../../ui/toast';
import { viewerTexts } from '../viewer/texts';

export interface MessageActs {
  /** Asks where to put the file. */
  readonly save: () => void;
  readonly copyImage: () => void;
  readonly copyText: (text: string) => void;
}

/** What is done with a message from its menu and from the viewer; says what came of it. */
export function useMessageActs(message: Message): MessageActs {
  const t = useTexts(viewerTexts);
  const toast = useToast();
  const { appid, openid, id } = message;
  return useMemo(() => {
    const one = { appid, openid, messageId: id };
    const failed = (error: unknown) => toast.failed(error);
    const say = (done: boolean, words: string) => {
      if (done) toast.done(words);
    };
    return {
      save: () => void call('messages.saveMedia', one).then(({ saved }) => say(saved, t('saved')), failed),
      copyImage: () =>
        void call('messages.png', one)
          .then(async ({ png }) => {
            if (png === null) {
              toast.warn(t('copyFailed'));
              return;
            }
            const blob = new Blob([png], { type: 'image/png' });
            await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
            toast.done(t('copied'));
          })
          .catch((error: unknown) =>
            error instanceof DOMException ? toast.warn(t('copyFailed')) : failed(error),
          ),
      copyText: (text) => void navigator.clipboard.writeText(text).catch(() => toast.warn(t('copyFailed'))),
    };
  }, [appid, openid, id, t, toast]);
}
