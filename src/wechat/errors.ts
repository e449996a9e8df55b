import { AppError, type AppErrorData } from '#shared/app-error';
import { parseErrmsg } from '#shared/domain/errcodes/parse-errmsg';

/** The access token is dead: ask for one again and repeat the call once (errcodes.md, R column `T`). */
const TOKEN_ERRCODES: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/** WeChat is busy or asks to slow down: the same call may succeed later (errcodes.md, R column `Y`). */
const RETRYABLE_ERRCODES: ReadonlySet<number> = new Set([
  -1, 42010, 45011, 45066, 45085, 45169, 61503, 65415, 9001002, 9500001, 9500002, 268487001, 268487002,
  268488001,
]);

/**
 * WeChat understood the request and refused it, so nothing happened. `data.code` is `wechat/<errcode>`;
 * `data.params.ip` of 40164 and 61004 is the address that the administrator must put on the whitelist.
 */
export class WeChatError extends AppError {
  readonly errcode: number;

  constructor(data: AppErrorData & { readonly errcode: number }) {
    super(data);
    this.name = 'WeChatError';
    this.errcode = data.errcode;
  }

  get errmsg(): string {
    return this.data.errmsg ?? '';
  }

  get rid(): string | null {
    return this.data.rid ?? null;
  }

  /** The same call may succeed later without anybody doing anything. A message must still not be repeated by itself. */
  get retryable(): boolean {
    return this.data.retryable ?? false;
  }

  /** A fresh access token may make the call succeed. */
  get isTokenError(): boolean {
    return TOKEN_ERRCODES.has(this.errcode);
  }
}

/** The refusal in an answer; null when the answer is a success, with `errcode` 0 or without any. */
export function errorOf(answer: unknown): WeChatError | null {
  if (typeof answer !== 'object' || answer === null || !('errcode' in answer)) return null;
  const errcode = Number(answer.errcode);
  if (errcode === 0) return null;
  const text = 'errmsg' in answer && typeof answer.errmsg === 'string' ? answer.errmsg : '';
  const parsed = parseErrmsg(text);
  const { text: errmsg, rid } = parsed;
  const ip = errcode === 40164 || errcode === 61004 ? parsed.ip : null;
  return new WeChatError({
    code: `wechat/${errcode}`,
    errcode,
    retryable: RETRYABLE_ERRCODES.has(errcode),
    ...(errmsg ? { errmsg } : {}),
    ...(rid ? { rid } : {}),
    ...(ip ? { params: { ip } } : {}),
  });
}
