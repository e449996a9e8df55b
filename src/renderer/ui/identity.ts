import type { Locale } from '#shared/localized';

export interface Named {
  readonly openid: string;
  readonly alias: string | null;
  readonly remark: string;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

/** The name to show: alias, else WeChat's remark, else a stable placeholder; never an openid, never blank. */
export function displayName(person: Named, locale: Locale): string {
  const given = person.alias?.trim() || person.remark.trim();
  if (given) return given;
  const code = (hash(person.openid) % 36 ** 4).toString(36).toUpperCase().padStart(4, '0');
  return locale === 'en' ? `Follower ${code}` : `粉丝 ${code}`;
}

/** Whether anyone gave this person a name. */
export function isNamed(person: Named): boolean {
  return Boolean(person.alias?.trim() || person.remark.trim());
}

export interface Identicon {
  /** Index into the eight account colours. */
  readonly colour: number;
  /** 15 cells, three columns of five; the right two columns mirror the left two. */
  readonly cells: readonly boolean[];
}

/** The same picture for the same openid, for ever. */
export function identicon(openid: string): Identicon {
  const bits = hash(openid);
  return {
    colour: hash(`colour:${openid}`) % 8,
    cells: Array.from({ length: 15 }, (_, i) => ((bits >>> i) & 1) === 1),
  };
}
