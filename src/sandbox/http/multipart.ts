/** One file or field of a multipart/form-data body. */
export interface FormPart {
  readonly name: string;
  /** Null for a plain field. */
  readonly filename: string | null;
  readonly contentType: string;
  readonly data: Buffer;
}

const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * The parts of a multipart/form-data body (RFC 7578), binary-safe; null when the content type names no boundary or
 * the body does not follow it.
 */
export function parseMultipart(contentType: string, body: Buffer): readonly FormPart[] | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(delimiter);
  if (at !== 0 && !(at >= 2 && body.toString('latin1', at - 2, at) === '\r\n')) return null;
  for (;;) {
    at += delimiter.length;
    if (body.toString('latin1', at, at + 2) === '--') return parts;
    // White space after a delimiter is allowed up to the line's end.
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd === -1 || body.toString('latin1', at, lineEnd).trim() !== '') return null;
    const next = nextDelimiter(body, delimiter, lineEnd);
    if (next === -1) return null;
    const part = parsePart(body.subarray(lineEnd + 2, next));
    if (part === null) return null;
    parts.push(part);
    at = next + 2;
  }
}

/** Where the line break in front of the next delimiter stands. */
function nextDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  return body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), from);
}

function parsePart(bytes: Buffer): FormPart | null {
  const withoutHeaders = bytes.subarray(0, 2).toString('latin1') === '\r\n';
  const end = withoutHeaders ? 0 : bytes.indexOf(HEADER_END);
  if (end === -1) return null;
  const data = bytes.subarray(end + (withoutHeaders ? 2 : HEADER_END.length));
  let disposition = '';
  let contentType = 'text/plain';
  for (const line of bytes.toString('utf8', 0, end).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const header = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (header === 'content-disposition') disposition = value;
    if (header === 'content-type') contentType = value;
  }
  const name = parameter(disposition, 'name');
  if (name === null) return null;
  return { name, filename: parameter(disposition, 'filename'), contentType, data };
}

function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType.trim())) return null;
  return parameter(contentType, 'boundary');
}

/** A `key=value` or `key="value"` parameter of a header; `key*=UTF-8''…` wins when present. */
function parameter(header: string, key: string): string | null {
  const extended = new RegExp(`;\\s*${key}\\*=[^']*'[^']*'([^;\\s]+)`, 'i').exec(header);
  if (extended?.[1] !== undefined) {
    try {
      return decodeURIComponent(extended[1]);
    } catch {
      return extended[1];
    }
  }
  const quoted = new RegExp(`;\\s*${key}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header);
  if (quoted?.[1] !== undefined) return quoted[1].replaceAll(/\\(["\\])/g, '$1');
  return new RegExp(`;\\s*${key}=([^;\\s"]+)`, 'i').exec(header)?.[1] ?? null;
}
