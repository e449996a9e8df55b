import type { LocalClock } from '#shared/domain/local-hours';
import { shopClock } from '#shared/domain/replies/shop-hours';

/** The wall clock of this computer, which may travel: the zone is asked for each time. */
export function machineClock(): LocalClock {
  let zone = '';
  let clock: LocalClock | null = null;
  return (now) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (clock === null || timeZone !== zone) {
      // Some systems name no zone but an offset.
      clock = shopClock(/^[A-Za-z]/.test(timeZone) ? timeZone : 'UTC');
      zone = timeZone;
    }
    return clock(now);
  };
}
