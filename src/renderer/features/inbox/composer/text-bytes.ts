import { MAX_TEXT_BYTES } from '#shared/domain/media-limits';

/** The byte counter is shown from here on: three quarters of what WeChat takes. */
export function nearLimit(bytes: number): boolean {
  return bytes * 4 >= MAX_TEXT_BYTES * 3;
}
