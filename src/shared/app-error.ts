/**
 * The one error of the product. `code` is `<area>/<what>` in kebab-case and is looked up in the catalogue of
 * `error-texts` for title, cause and advice in both languages. Nothing in it may be a secret or a URL with a query.
 */
export interface AppErrorData {
  readonly code: string;
  /** WeChat's errcode, when WeChat refused. */
  readonly errcode?: number | undefined;
  /** WeChat's errmsg without its rid. */
  readonly errmsg?: string | undefined;
  /** WeChat's request id, to copy for support. */
  readonly rid?: string | undefined;
  /** Values for placeholders of the texts, e.g. the address to put on the whitelist. */
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly retryable?: boolean | undefined;
}

export class AppError extends Error {
  readonly data: AppErrorData;

  constructor(data: AppErrorData, options?: { cause?: unknown }) {
    super(data.errmsg ? `${data.code}: ${data.errmsg}` : data.code, options);
    this.name = 'AppError';
    this.data = data;
  }

  get code(): string {
    return this.data.code;
  }
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppErrorData };
