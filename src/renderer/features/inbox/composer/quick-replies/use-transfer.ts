import { useState } from 'react';
import type { ImportPlan } from '#shared/ipc/quick-reply-models';
import { call } from '../../../../api';
import { currentLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { useToast } from '../../../../ui/toast';
import { quickReplyTexts } from './texts';

export interface Transfer {
  /** What a chosen file would do; null: none is chosen. */
  readonly plan: ImportPlan | null;
  readonly busy: boolean;
  readonly choose: () => void;
  readonly apply: () => void;
  readonly cancel: () => void;
  readonly exportAll: () => void;
  readonly exportTable: () => void;
  readonly addStarter: () => void;
}

/** Files in and out, and the examples. The dialogs are main's. */
export function useTransfer(): Transfer {
  const t = useTexts(quickReplyTexts);
  const toast = useToast();
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<void>): void => {
    setBusy(true);
    work()
      .catch(toast.failed)
      .finally(() => setBusy(false));
  };
  return {
    plan,
    busy,
    choose: () => run(async () => setPlan(await call('quickReplies.chooseImport', {}))),
    apply: () =>
      run(async () => {
        if (plan === null) return;
        toast.done(t('importDone', await call('quickReplies.applyImport', { planId: plan.planId })));
        setPlan(null);
      }),
    cancel: () => setPlan(null),
    exportAll: () =>
      run(async () => {
        const { count } = await call('quickReplies.export', {});
        if (count !== null) toast.done(t('exported', { count }));
      }),
    exportTable: () =>
      run(async () => {
        if ((await call('quickReplies.exportTable', {})).saved) toast.done(t('tableSaved'));
      }),
    addStarter: () =>
      run(async () => {
        const names = currentLocale() === 'en' ? 'en' : 'zh';
        const { added: count } = await call('quickReplies.addStarter', { names });
        toast.done(count === 0 ? t('starterNothing') : t('starterAdded', { count }));
      }),
  };
}
