import type { ServerResponse } from 'node:http';

export const FEED_PATH = '/v1/feed';

/** What a poll asks with. */
export interface PollRequest {
  /** As it came, without `?`. */
  readonly query: string;
  readonly authorization: string | undefined;
}

/** Where the one answer to a poll goes, on whatever kind of connection. */
export interface PollExchange {
  /** The client has its answer, or has gone. */
  readonly isOver: boolean;
  /** Calls one listener, once, when the client goes; it may also be called after the answer. */
  onGone(listener: () => void): void;
  /**
   * Does nothing when it is over.
   * @param headers names and values in turn, without those that frame the answer
   */
  answer(status: number, headers: readonly string[], text: string): void;
}

/** A poll that came through `node:http`. */
export class HttpExchange implements PollExchange {
  constructor(
    private readonly response: ServerResponse,
    private readonly isClosing: () => boolean,
  ) {}

  get isOver(): boolean {
    return this.response.destroyed || this.response.headersSent;
  }

  onGone(listener: () => void): void {
    this.response.once('close', listener);
  }

  answer(status: number, headers: readonly string[], text: string): void {
    if (this.isOver) return;
    const length = ['Content-Length', String(Buffer.byteLength(text))];
    this.response.writeHead(status, [
      ...headers,
      ...length,
      ...(this.isClosing() ? ['Connection', 'close'] : []),
    ]);
    this.response.end(text);
  }
}
