/** Takes WeChat's errmsg apart. */

export interface ParsedErrmsg {
  /** Without rid and hint. */
  readonly text: string;
  /** The request id to give to WeChat's support; it can be looked up for seven days. Of an older text its hint. */
  readonly rid: string | null;
  /** The address that is not on the whitelist (40164). */
  readonly ip: string | null;
}

/** Today's texts end with ` rid: …`; some endpoints write a comma before it. */
const RID = /[\s,]*\brid:\s*([\w-]+)\s*$/i;
/** Older texts end with ` hint: [ … ]` or ` hints: [ req_id: … ]`. */
const HINT = /[\s,]*\bhints?:\s*\[\s*(?:req_id:\s*)?([^\]]*?)\s*\]\s*$/i;
/** `invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist`: the first address is the one to list. */
const REFUSED_IP = /\binvalid ip(?:v6)? ([0-9a-f.:]*[0-9a-f])/i;

export function parseErrmsg(errmsg: string): ParsedErrmsg {
  const end = RID.exec(errmsg) ?? HINT.exec(errmsg);
  const text = errmsg.slice(0, end?.index).trim();
  return { text, rid: end?.[1] || null, ip: REFUSED_IP.exec(text)?.[1] ?? null };
}
