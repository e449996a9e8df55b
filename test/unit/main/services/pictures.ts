/** The smallest real PNG: one grey pixel. */
export function pictureBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
}

/** As much of a JPEG as WeChat looks at. */
export function jpegBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'));
}
