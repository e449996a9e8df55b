import { randomBytes } from 'node:crypto';

export interface UploadFile {
  /** As WeChat should store it; its extension tells the format. */
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A `multipart/form-data` body with one file and, before it, plain fields. */
export function encodeMultipart(
  field: string,
  file: UploadFile,
  fields: Readonly<Record<string, string>> = {},
): { readonly contentType: string; readonly body: Buffer } {
  const boundary = `----oa-desk-${randomBytes(16).toString('hex')}`;
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
      ),
    );
  }
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.contentType) ? file.contentType : 'application/octet-stream';
  parts.push(
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(field)}"; filename="${quoted(file.filename)}"\r\n` +
        `Content-Type: ${type}\r\n\r\n`,
    ),
    file.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  );
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}

/** As browsers write names of form data: what would end the value or the line is percent-encoded. */
function quoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
