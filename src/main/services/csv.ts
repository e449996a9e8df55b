/** Tables as other programs open them: RFC 4180, with the mark by which Excel knows UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
/** A spreadsheet would take a cell that begins so for a formula and run it. */
const FORMULA = /^[=+\-@\t\r]/;

/** The rows as a file's bytes. Numbers stay numbers; what a customer wrote never becomes a formula. */
export function csvFile(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  return new TextEncoder().encode(`${BYTE_ORDER_MARK}${text}\r\n`);
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
