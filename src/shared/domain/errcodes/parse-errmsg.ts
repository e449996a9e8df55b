/** Takes WeChat's errmsg apart. */

export interface ParsedErrmsg {
  /** Without rid and hint. */
  readonly text: string;
  /** The request id to give to WeChat's support; it can be looked up for seven days. */
  readonly rid: string | null;
  /** The address that is not on the whitelist (40164). */
  readonly ip: string | null;
}

const RID = /[\s,]*\brid:\s*([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})\s*$/i;
const HINT = /[\s,]*\bhints?:\s*\[[^\]]*\]\s*$/i;
const REFUSED_IP = /\binvalid ip ([0-9a-f.:]+)/i;

export function parseErrmsg(errmsg: string): ParsedErrmsg {
  const rid = RID.exec(errmsg)?.[1] ?? null;
  const text = errmsg.replace(RID, '').replace(HINT, '').trim();
  return { text, rid, ip: REFUSED_IP.exec(text)?.[1] ?? null };
}
