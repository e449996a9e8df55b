/** Days as people write them in a search. Days are those of this computer. */

export interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The moment a day begins, unix seconds. */
export function startOf({ year, month, day }: Day): number {
  return new Date(year, month - 1, day).getTime() / 1000;
}

export function dayOf(at: number): Day {
  const date = new Date(at * 1000);
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
}

/** As JavaScript counts: a day of 0 or below lies in the month before. */
function moved(from: Day, days: number): Day {
  return dayOf(startOf({ ...from, day: from.day + days }));
}

/** Days since Monday. */
function weekday(day: Day): number {
  return (new Date(startOf(day) * 1000).getDay() + 6) % 7;
}

const DAYS_AGO: Readonly<Record<string, number>> = {
  today: 0,
  今天: 0,
  今日: 0,
  yesterday: 1,
  昨天: 1,
  昨日: 1,
  前天: 2,
  大前天: 3,
};

/** Where the named stretch begins: a day, a week (from Monday), a month, a year. */
const STRETCHES: Readonly<Record<string, (today: Day) => Day>> = {
  thisweek: (today) => moved(today, -weekday(today)),
  lastweek: (today) => moved(today, -weekday(today) - 7),
  thismonth: (today) => ({ ...today, day: 1 }),
  lastmonth: (today) => dayOf(startOf({ ...today, month: today.month - 1, day: 1 })),
  thisyear: (today) => ({ ...today, month: 1, day: 1 }),
  lastyear: (today) => ({ year: today.year - 1, month: 1, day: 1 }),
};
const CHINESE_STRETCHES: Readonly<Record<string, string>> = {
  本周: 'thisweek',
  这周: 'thisweek',
  上周: 'lastweek',
  本月: 'thismonth',
  这个月: 'thismonth',
  上月: 'lastmonth',
  上个月: 'lastmonth',
  今年: 'thisyear',
  去年: 'lastyear',
};

const FULL = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$/u;
const YEAR = /^(\d{4})年?$/u;
const MONTH_AND_DAY = /^(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/u;
const SPAN_AGO = /^(\d{1,4})(?:(d|days?|天)|(w|weeks?|周)|(m|months?|个?月))前?$/iu;

/**
 * The moment at which what `text` names begins, unix seconds: `2024-01-31`, `2024/1`, `2024`, `1月31日` (the last one that
 * has begun), `昨天`, `上周`, `lastweek`, `7d` (a week ago today). null when it names no day.
 */
export function momentNamed(text: string, now: number): number | null {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/gu, '');
  const today = dayOf(now);
  const ago = DAYS_AGO[name];
  if (ago !== undefined) return startOf(moved(today, -ago));
  const stretch = STRETCHES[CHINESE_STRETCHES[name] ?? name.replace('-', '')];
  if (stretch) return startOf(stretch(today));
  return written(name, today) ?? spanAgo(name, today);
}

function written(name: string, today: Day): number | null {
  const full = FULL.exec(name);
  if (full) return existing({ year: Number(full[1]), month: Number(full[2]), day: Number(full[3] ?? 1) });
  const year = YEAR.exec(name);
  if (year) return existing({ year: Number(year[1]), month: 1, day: 1 });
  const short = MONTH_AND_DAY.exec(name);
  if (!short) return null;
  const day = { year: today.year, month: Number(short[1]), day: Number(short[2]) };
  const begins = existing(day);
  return begins !== null && begins > startOf(today) ? existing({ ...day, year: day.year - 1 }) : begins;
}

function spanAgo(name: string, today: Day): number | null {
  const span = SPAN_AGO.exec(name);
  if (!span) return null;
  const count = Number(span[1]);
  if (span[4] !== undefined) return startOf({ ...today, month: today.month - count });
  return startOf(moved(today, -count * (span[3] === undefined ? 1 : 7)));
}

/** null for the 31st of February. */
function existing(day: Day): number | null {
  if (day.year < 2000 || day.year > 2100) return null;
  const at = startOf(day);
  const real = dayOf(at);
  return real.month === day.month && real.day === day.day ? at : null;
}
