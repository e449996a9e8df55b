import { useState } from 'react';
import { useToast } from '../../../ui/toast';

/** Runs one act at a time and says when it fails. */
export function useBusy(): { readonly busy: boolean; readonly run: (act: () => Promise<void>) => void } {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const run = (act: () => Promise<void>) => {
    setBusy(true);
    act()
      .catch((error: unknown) => toast.failed(error))
      .finally(() => setBusy(false));
  };
  return { busy, run };
}
