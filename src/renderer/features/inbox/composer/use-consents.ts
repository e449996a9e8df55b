import { useEffect, useState } from 'react';
import type { Consents } from '#shared/domain/can-send';
import { call, subscribe } from '../../../api';
import type { Person } from '../../../app/navigation';
import { keyOf } from '../key';

/** What this person agreed to; undefined until it is known, and while the window is open, when nobody asks. */
export function useConsents({ appid, openid }: Person, wanted: boolean): Consents | undefined {
  const [found, setFound] = useState<{ readonly of: string; readonly consents: Consents } | null>(null);
  const of = keyOf({ appid, openid });
  useEffect(() => {
    if (!wanted) return undefined;
    let shown = true;
    const read = () => {
      call('people.consents', { appid, openid }).then(
        (consents) => shown && setFound({ of, consents }),
        // The ladder then says what it knows; the next change asks again.
        () => undefined,
      );
    };
    read();
    const disposers = [
      subscribe('relay.noticesChanged', read),
      subscribe('conversations.changed', (change) => {
        if (change.appid === appid && change.openid === openid) read();
      }),
    ];
    return () => {
      shown = false;
      for (const dispose of disposers) dispose();
    };
  }, [appid, openid, of, wanted]);
  return found?.of === of ? found.consents : undefined;
}
