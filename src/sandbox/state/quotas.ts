import { beijingDay, beijingMonth } from '../clock';

/** Calls per Beijing day of a new account (README.md §4). */
const DAILY_LIMITS: Readonly<Record<string, number>> = {
  '/cgi-bin/token': 2_000,
  '/cgi-bin/stable_token': 500_000,
  '/cgi-bin/menu/create': 1_000,
  '/cgi-bin/menu/get': 10_000,
  '/cgi-bin/menu/delete': 1_000,
  '/cgi-bin/tags/create': 1_000,
  '/cgi-bin/tags/get': 1_000,
  '/cgi-bin/tags/update': 1_000,
  '/cgi-bin/tags/delete': 1_000,
  '/cgi-bin/tags/members/batchtagging': 100_000,
  '/cgi-bin/tags/members/batchuntagging': 100_000,
  '/cgi-bin/media/upload': 100_000,
  '/cgi-bin/media/get': 200_000,
  '/cgi-bin/freepublish/batchget': 100,
  '/cgi-bin/message/custom/send': 500_000,
  '/cgi-bin/user/get': 500,
  '/cgi-bin/user/info': 5_000_000,
  '/cgi-bin/user/info/updateremark': 10_000,
};
/** No figure is published for the other paths; this one is generous and is enforced like the rest. */
const OTHER_DAILY_LIMIT = 500_000;

const MINUTE_LIMITS: Readonly<Record<string, number>> = { '/cgi-bin/stable_token': 10_000 };
/** Likewise for the minute. */
const OTHER_MINUTE_LIMIT = 100_000;

/** Resets of all quotas, and of single paths, per Beijing month. */
const CLEARS_PER_MONTH = 10;
const PATH_CLEARS_PER_MONTH = 50;

export interface QuotaFigures {
  readonly dailyLimit: number;
  readonly used: number;
  readonly minuteLimit: number;
}

/** Calls counted per path for one account, whoever makes them. */
export class QuotaBook {
  readonly #daily = new Map<string, { day: number; used: number }>();
  readonly #minute = new Map<string, { minute: number; used: number }>();
  readonly #overrides = new Map<string, number>();
  #clears = { month: '', all: 0, single: 0 };

  /** Counts one call; says which limit refuses it, if one does. A refused call is not counted. */
  take(path: string, now: number): 'ok' | 'day' | 'minute' {
    const { dailyLimit, minuteLimit } = this.figures(path, now);
    const day = this.#today(path, now);
    if (day.used >= dailyLimit) return 'day';
    const minute = this.#thisMinute(path, now);
    if (minute.used >= minuteLimit) return 'minute';
    day.used += 1;
    minute.used += 1;
    return 'ok';
  }

  figures(path: string, now: number): QuotaFigures {
    return {
      dailyLimit: this.#overrides.get(path) ?? DAILY_LIMITS[path] ?? OTHER_DAILY_LIMIT,
      used: this.#today(path, now).used,
      minuteLimit: MINUTE_LIMITS[path] ?? OTHER_MINUTE_LIMIT,
    };
  }

  /** Another daily limit for one path, as WeChat gives to accounts with many followers. */
  setDailyLimit(path: string, limit: number): void {
    this.#overrides.set(path, limit);
  }

  /** Sets all counts of the day to 0; false when the ten resets of the month are used. */
  clearAll(now: number): boolean {
    const clears = this.#clearsOf(now);
    if (clears.all >= CLEARS_PER_MONTH) return false;
    clears.all += 1;
    this.#daily.clear();
    this.#minute.clear();
    return true;
  }

  /** Sets one path's count to 0; false when the fifty resets of the month are used. */
  clearPath(path: string, now: number): boolean {
    const clears = this.#clearsOf(now);
    if (clears.single >= PATH_CLEARS_PER_MONTH) return false;
    clears.single += 1;
    this.#daily.delete(path);
    this.#minute.delete(path);
    return true;
  }

  #today(path: string, now: number): { used: number } {
    const day = beijingDay(now);
    const entry = this.#daily.get(path);
    if (entry?.day === day) return entry;
    const fresh = { day, used: 0 };
    this.#daily.set(path, fresh);
    return fresh;
  }

  #thisMinute(path: string, now: number): { used: number } {
    const minute = Math.floor(now / 60);
    const entry = this.#minute.get(path);
    if (entry?.minute === minute) return entry;
    const fresh = { minute, used: 0 };
    this.#minute.set(path, fresh);
    return fresh;
  }

  #clearsOf(now: number): { all: number; single: number } {
    const month = beijingMonth(now);
    if (this.#clears.month !== month) this.#clears = { month, all: 0, single: 0 };
    return this.#clears;
  }
}
