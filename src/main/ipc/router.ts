import type { AppErrorData, Result } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import type { Input, Output } from '#shared/ipc/contract';
import { contract } from '#shared/ipc/contract';
import { MAX_STAGED_BYTES } from '#shared/ipc/conversation-methods';
import { appErrorData } from '#shared/ipc/models';
import type { MethodName } from '#shared/ipc/names';
import { METHOD_NAMES } from '#shared/ipc/names';
import type { Logger } from '#shared/log';
import { sizeWithin } from './input-size';

/** What the services offer to the page, by method name. */
export type Handlers = {
  readonly [M in MethodName]: (input: Input<M>) => Output<M> | Promise<Output<M>>;
};

export interface RouterDeps {
  readonly handlers: Handlers;
  readonly log: Logger;
  /** Takes secrets out of a text before the page sees it. */
  readonly redact: (text: string) => string;
}

/** One call as it came in: nothing of it is believed yet. */
export interface IncomingCall {
  /** The caller is the main frame of the app's own window, showing the app's own document. */
  readonly trusted: boolean;
  readonly method: unknown;
  readonly input: unknown;
}

/** Bytes that one call may carry, apart from the image in media.stage. */
export const MAX_INPUT_BYTES = 256 * 1024;
const MAX_STAGE_BYTES = MAX_STAGED_BYTES * 3 + MAX_INPUT_BYTES;

const METHODS: ReadonlySet<unknown> = new Set(METHOD_NAMES);
const isMethod = (value: unknown): value is MethodName => METHODS.has(value);

/**
 * sender check -> known method -> size cap -> schema -> service -> schema -> Result. Never rejects: each refusal is a
 * Result with one of `ipc/forbidden`, `ipc/unknown-method`, `ipc/invalid-input`, `ipc/internal` or the service's code.
 */
export function createRouter(deps: RouterDeps): (call: IncomingCall) => Promise<Result<unknown>> {
  const refuse = (error: AppErrorData): Result<never> => ({ ok: false, error });

  return async ({ trusted, method, input }) => {
    if (!trusted) {
      deps.log.warn('ipc-foreign-sender');
      return refuse({ code: 'ipc/forbidden' });
    }
    if (!isMethod(method)) return refuse({ code: 'ipc/unknown-method' });
    const cap = method === 'media.stage' ? MAX_STAGE_BYTES : MAX_INPUT_BYTES;
    if (sizeWithin(input, cap) === null) return refuse({ code: 'ipc/invalid-input' });
    const parsed = contract[method].input.safeParse(input);
    if (!parsed.success) return refuse({ code: 'ipc/invalid-input' });
    try {
      // The schema of this very method has just produced `parsed.data`.
      const run = deps.handlers[method] as (input: unknown) => unknown;
      const value = await run(parsed.data);
      // Parsing the answer drops every key that the contract does not name, so nothing extra reaches the page.
      return { ok: true, value: contract[method].output.parse(value) };
    } catch (error) {
      if (error instanceof AppError) return refuse(publicError(error.data, deps.redact));
      deps.log.error('ipc-internal', { method, error });
      return refuse({ code: 'ipc/internal' });
    }
  };
}

/** The part of an error that the page may see: known keys only, texts redacted. */
export function publicError(data: AppErrorData, redact: (text: string) => string): AppErrorData {
  const known = appErrorData.parse(data);
  return {
    code: known.code,
    ...(known.errcode === undefined ? {} : { errcode: known.errcode }),
    ...(known.errmsg === undefined ? {} : { errmsg: redact(known.errmsg) }),
    ...(known.rid === undefined ? {} : { rid: known.rid }),
    ...(known.retryable === undefined ? {} : { retryable: known.retryable }),
    ...(known.params === undefined
      ? {}
      : {
          params: Object.fromEntries(
            Object.entries(known.params).map(([key, value]) => [
              key,
              typeof value === 'string' ? redact(value) : value,
            ]),
          ),
        }),
  };
}
