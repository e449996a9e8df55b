import type { IncomingMessage } from 'node:http';
import { AppError } from '#shared/app-error';

interface Reading {
  readonly request: IncomingMessage;
  readonly since: number;
  isOver: boolean;
  readonly fail: (error: AppError) => void;
}

/** Milliseconds between two looks for slow senders. */
const LOOK_EVERY = 500;
const EMPTY: Buffer = Buffer.alloc(0);

/** Reads bodies into memory, each up to `maxBytes` and within `timeoutMs`. */
export class BodyReader {
  /** In the order in which they began, which is the order in which their time is up. */
  private readonly readings = new Set<Reading>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly maxBytes: number,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Calls `done` with the body, or `fail` with AppError `callback/too-large` as soon as it is known to be, or
   * `callback/too-slow`. Neither is called for a request whose sender hangs up.
   */
  read(request: IncomingMessage, done: (body: Buffer) => void, fail: (error: AppError) => void): void {
    if (Number(request.headers['content-length'] ?? 0) > this.maxBytes) {
      fail(new AppError({ code: 'callback/too-large' }));
      return;
    }
    let body: Buffer = EMPTY;
    let more: Buffer[] | null = null;
    let length = 0;
    const reading: Reading = { request, since: performance.now(), isOver: false, fail };
    this.readings.add(reading);
    this.timer ??= this.lookLater();
    request
      .on('data', (chunk: Buffer) => {
        if (reading.isOver) return;
        length += chunk.length;
        if (length > this.maxBytes) this.end(reading).fail(new AppError({ code: 'callback/too-large' }));
        else if (body.length === 0) body = chunk;
        else (more ??= [body]).push(chunk);
      })
      .on('end', () => {
        if (reading.isOver) return;
        this.end(reading);
        done(more === null ? body : Buffer.concat(more, length));
      });
  }

  private end(reading: Reading): Reading {
    reading.isOver = true;
    this.readings.delete(reading);
    return reading;
  }

  private lookLater(): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.look();
        this.timer = this.readings.size === 0 ? null : this.lookLater();
      },
      Math.min(LOOK_EVERY, this.timeoutMs),
    ).unref();
  }

  /** One timer for all: a timer for each request would cost more than reading it. */
  private look(): void {
    const before = performance.now() - this.timeoutMs;
    for (const reading of this.readings) {
      if (reading.since > before) return;
      this.readings.delete(reading);
      if (!reading.request.destroyed)
        reading.fail(new AppError({ code: 'callback/too-slow', retryable: true }));
    }
  }
}
