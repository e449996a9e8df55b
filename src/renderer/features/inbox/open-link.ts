import { useCallback } from 'react';
import { call } from '../../api';
import { useToast } from '../../ui/toast';
import { httpsUrl } from './bubbles/linkify';

/** Opens an https address in the system's browser, through main; anything else stays text. */
export function useOpenLink(): (address: string) => void {
  const toast = useToast();
  return useCallback(
    (address) => {
      const url = httpsUrl(address);
      if (url === null) return;
      call('app.openExternal', { url }).catch((error: unknown) => toast.failed(error));
    },
    [toast],
  );
}
