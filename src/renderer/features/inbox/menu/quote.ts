/** Characters of a quote; a reply may have 2048 bytes in all. */
const LONGEST = 80;

/** A quote as people write it in WeChat, which has none of its own for official accounts; the answer goes below. */
export function quoteOf(name: string, text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const chars = [...line];
  const short = chars.length > LONGEST ? `${chars.slice(0, LONGEST).join('')}…` : line;
  return `「${name}：${short}」\n- - - - - -\n`;
}
