import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { DONE } from '../callback/answer';
import type { CallbackAnswer, CallbackService } from '../callback/serve';
import { splitTarget } from '../target';
import { AnswerHeads, linesOf } from './answer-heads';
import { Line, LinePoll, type LineEvents } from './line';
import { readPlainHead, type PlainHead } from './plain-head';
import { FEED_PATH, type PollExchange, type PollRequest } from './poll-exchange';

export interface FrontDeps {
  readonly callbacks: Pick<CallbackService, 'serve'>;
  /** Answers a poll on its exchange, sooner or later. */
  readonly poll: (request: PollRequest, exchange: PollExchange) => void;
  readonly isClosing: () => boolean;
}

/** Bytes of a request that are waited for here; anything longer is read by `node:http`. */
const MAX_WAITING = 16 * 1024;
const TICK_MS = 250;
/** Whoever has not finished a request after one tick, or not begun one after four, is handed over. */
const PARTIAL_TICKS = 1;
const SILENT_TICKS = 4;

/**
 * Answers pushes and polls whose bytes lie before it whole, without an HTTP framework or parser in between: `node:http`
 * takes longer for a push than checking and storing it together, and keeps three times as much in memory for a poll that waits.
 * A connection that sends anything but plain requests, or sends one too slowly, is handed over to `node:http` with all that
 * it has sent, and stays there.
 */
export class Front {
  private readonly lines = new Set<Line>();
  private readonly heads = new AnswerHeads();
  private handOver: (socket: Socket) => void = () => undefined;
  private keepAliveMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private tick = 0;

  private readonly events: LineEvents = {
    data: (line, chunk) => {
      this.read(line, chunk);
    },
    end: (line) => {
      line.ended = true;
      // As with `node:http`, a poll whose client has said its last word is not waited with.
      if (!line.busy || line.poll !== null) this.close(line);
    },
    close: (line) => {
      this.forget(line);
      line.poll?.end();
    },
  };

  constructor(private readonly deps: FrontDeps) {}

  /** Stands in front of a server: its connections come here first. */
  place(server: Server, event: 'connection' | 'secureConnection'): void {
    const [behind] = server.listeners(event) as ((this: Server, socket: Socket) => void)[];
    if (behind === undefined || server.listenerCount(event) !== 1)
      throw new RangeError(`somebody else listens for ${event}`);
    this.handOver = (socket) => {
      behind.call(server, socket);
    };
    server.off(event, behind);
    server.on(event, (socket: Socket) => {
      this.keepAliveMs = server.keepAliveTimeout;
      this.take(socket);
    });
    // The server's own idea of its connections ends with those that were handed over.
    const closeIdle = server.closeIdleConnections.bind(server);
    server.closeIdleConnections = () => {
      for (const line of this.lines) if (!line.busy && line.rest === null) this.close(line);
      closeIdle();
    };
    const closeAll = server.closeAllConnections.bind(server);
    server.closeAllConnections = () => {
      for (const { socket } of this.lines) socket.destroy();
      closeAll();
    };
  }

  private take(socket: Socket): void {
    this.lines.add(new Line(socket, this.events, this.tick));
    this.timer ??= setInterval(() => {
      this.look();
    }, TICK_MS);
  }

  private read(line: Line, chunk: Buffer): void {
    if (line.over) return;
    const bytes = line.rest === null ? chunk : Buffer.concat([line.rest, chunk]);
    line.rest = bytes;
    line.tick = this.tick;
    // One request at a time, and no more in memory than what has arrived already.
    if (line.busy) line.socket.pause();
    else this.serveNext(line, bytes);
  }

  private serveNext(line: Line, bytes: Buffer): void {
    const head = readPlainHead(bytes);
    if (head === null || (head !== 'incomplete' && head.end > MAX_WAITING)) this.leave(line);
    else if (head === 'incomplete' || head.end > bytes.length) {
      if (line.ended) this.close(line);
    } else this.serve(line, head, bytes);
  }

  private serve(line: Line, head: PlainHead, bytes: Buffer): void {
    const { path, query } = splitTarget(head.target);
    if (head.kind === 'poll' && path !== FEED_PATH) {
      this.leave(line);
      return;
    }
    line.rest = head.end === bytes.length ? null : bytes.subarray(head.end);
    line.busy = true;
    if (head.kind === 'poll') {
      line.poll = new LinePoll((status, headers, text) => {
        this.answerPoll(line, status, headers, text);
      });
      this.deps.poll({ query, authorization: head.authorization }, line.poll);
      return;
    }
    const body = bytes.subarray(head.bodyStart, head.end);
    void this.deps.callbacks.serve(path, { method: 'POST', query, body }).then((answer) => {
      this.answerPush(line, answer);
    });
  }

  private answerPush(line: Line, { status, text }: CallbackAnswer): void {
    const last = this.isLast(line);
    this.send(
      line,
      status === 200 && text === DONE && !last
        ? this.heads.done(this.keepAliveMs)
        : this.heads.ofText(status, last ? null : this.keepAliveMs, Buffer.byteLength(text)) + text,
      last,
    );
  }

  private answerPoll(line: Line, status: number, headers: readonly string[], text: string): void {
    line.poll = null;
    const last = this.isLast(line);
    const keepAliveMs = last ? null : this.keepAliveMs;
    const length = Buffer.byteLength(text);
    this.send(line, this.heads.of(status, keepAliveMs, length, linesOf(headers)) + text, last);
  }

  private isLast(line: Line): boolean {
    return (line.ended && line.rest === null) || this.deps.isClosing();
  }

  private send(line: Line, text: string, isLast: boolean): void {
    const { socket } = line;
    line.busy = false;
    if (socket.destroyed) return;
    line.served = true;
    line.tick = this.tick;
    const flushed = socket.write(text);
    if (isLast) this.close(line);
    else if (flushed) this.goOn(line);
    // A sender that reads no answers is not read from either.
    else
      socket.pause().once('drain', () => {
        this.goOn(line);
      });
  }

  private goOn(line: Line): void {
    // It may have been handed over, or closed, before it drained.
    if (line.over || line.busy || !this.lines.has(line)) return;
    const { socket, rest } = line;
    if (rest !== null) this.serveNext(line, rest);
    // A poll that waits is told by its connection when its client goes.
    const mayRead = !line.busy || line.rest === null;
    if (mayRead && this.lines.has(line) && socket.isPaused()) socket.resume();
  }

  /** Hands a connection over with what it has sent. */
  private leave(line: Line): void {
    const { socket, rest } = line;
    this.forget(line);
    line.release();
    socket.pause();
    if (rest !== null) socket.unshift(rest);
    this.handOver(socket);
    socket.resume();
  }

  private close(line: Line): void {
    line.over = true;
    line.socket.destroySoon();
  }

  private forget(line: Line): void {
    this.lines.delete(line);
    if (this.lines.size > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  /** One timer for all connections. */
  private look(): void {
    this.tick += 1;
    for (const line of this.lines) {
      const since = this.tick - line.tick;
      if (line.busy || line.over || since <= PARTIAL_TICKS) continue;
      if (line.rest !== null || (!line.served && since > SILENT_TICKS)) this.leave(line);
      else if (line.served && this.keepAliveMs > 0 && since * TICK_MS > this.keepAliveMs + TICK_MS)
        this.close(line);
    }
  }
}
