import type { Socket } from 'node:net';
import type { PollExchange } from './poll-exchange';

/** What a connection tells the front. */
export interface LineEvents {
  data(line: Line, chunk: Buffer): void;
  end(line: Line): void;
  close(line: Line): void;
}

/** One connection that has sent nothing but plain requests. */
export class Line {
  /** Came and has not been read as a request yet. */
  rest: Buffer | null = null;
  /** A request is being answered. */
  busy = false;
  served = false;
  /** The other side has said its last word. */
  ended = false;
  /** It closes as soon as its last answer has left. */
  over = false;
  /** The poll that is being answered. */
  poll: LinePoll | null = null;

  private readonly onData = (chunk: Buffer): void => {
    this.events.data(this, chunk);
  };
  private readonly onEnd = (): void => {
    this.events.end(this);
  };
  private readonly onClose = (): void => {
    this.events.close(this);
  };

  constructor(
    readonly socket: Socket,
    private readonly events: LineEvents,
    /** When it last sent or was sent something, in ticks. */
    public tick: number,
  ) {
    socket.on('data', this.onData).on('error', ignore).on('end', this.onEnd).on('close', this.onClose);
  }

  /** Listens to the connection no more. */
  release(): void {
    this.socket
      .off('data', this.onData)
      .off('error', ignore)
      .off('end', this.onEnd)
      .off('close', this.onClose);
  }
}

/** A poll on such a connection. */
export class LinePoll implements PollExchange {
  isOver = false;
  private listener: (() => void) | null = null;

  constructor(private readonly send: (status: number, headers: readonly string[], text: string) => void) {}

  onGone(listener: () => void): void {
    this.listener = listener;
  }

  answer(status: number, headers: readonly string[], text: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.send(status, headers, text);
  }

  /** The client has gone. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.listener?.();
  }
}

/** A connection that breaks closes, which is all there is to know. */
function ignore(): void {
  return;
}
