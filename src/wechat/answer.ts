import { badResponse } from './http';

/**
 * A part of an answer that WeChat always sends.
 * @throws NetworkError `network/bad-response` when it is missing: the answer does not come from WeChat
 */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw badResponse(200);
  return value;
}
