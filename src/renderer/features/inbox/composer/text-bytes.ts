/** Length of a text as WeChat counts it for a message: bytes of UTF-8. */
const encoder = new TextEncoder();

export function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}

/** The counter is shown from here on: three quarters of the limit. */
export function nearLimit(bytes: number, limit: number): boolean {
  return bytes * 4 >= limit * 3;
}
