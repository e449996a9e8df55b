import type { TokenIncident } from '#shared/domain/doctor/observations';
import type { TokenReplacement } from '#wechat/token';

/** Of one account. */
const KEPT = 50;

/** The token detective's notebook: which tokens another system ended, since the app started. */
export interface Incidents {
  note(appid: string, replacement: TokenReplacement): void;
  /** Oldest first. */
  of(appid: string): readonly TokenIncident[];
}

export function createIncidents(): Incidents {
  const noted = new Map<string, readonly TokenIncident[]>();
  const of = (appid: string): readonly TokenIncident[] => noted.get(appid) ?? [];
  return {
    note(appid, { replacedAt, noticedAt }) {
      noted.set(appid, [...of(appid), { replacedAt, noticedAt }].slice(-KEPT));
    },
    of,
  };
}
