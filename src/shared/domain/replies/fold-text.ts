/** From the full-width `！` to `～`, which stand in the order of ASCII. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * A text for comparing: without difference of case and between full-width letters, digits and signs (`ＡＢＣ１？`, as Chinese
 * input methods type them) and their ASCII forms; the ideographic space counts as a space.
 */
export function foldText(text: string): string {
  // Upper case is what is compared, because lower case depends on the neighbours (Greek final sigma). Lower case first,
  // because a capital such as the German sharp S meets its relatives only on the way back up.
  return text
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replaceAll('\u3000', ' ')
    .normalize('NFC')
    .toLowerCase()
    .toUpperCase();
}
