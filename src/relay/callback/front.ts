import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { DONE } from './answer';
import { readPushHead } from './push-head';
import { splitTarget, type CallbackAnswer, type CallbackService } from './serve';

export interface CallbackFrontDeps {
  readonly service: Pick<CallbackService, 'serve'>;
  readonly isClosing: () => boolean;
}

/** One connection that has sent nothing but pushes. */
interface Line {
  readonly socket: Socket;
  /** Came and has not been read as a request yet. */
  rest: Buffer | null;
  /** A push is being answered. */
  busy: boolean;
  served: boolean;
  /** The other side has said its last word. */
  ended: boolean;
  /** It closes as soon as its last answer has left. */
  over: boolean;
  /** When it last sent or was sent something, in ticks. */
  tick: number;
  readonly onData: (chunk: Buffer) => void;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

/** Bytes of a request that are waited for here; anything longer is read by `node:http`. */
const MAX_WAITING = 16 * 1024;
const TICK_MS = 250;
/** Whoever has not finished a request after one tick, or not begun one after four, is handed over. */
const PARTIAL_TICKS = 1;
const SILENT_TICKS = 4;

/**
 * Answers pushes whose bytes lie before it whole, without an HTTP framework or parser in between: `node:http` takes longer
 * for one request than checking and storing it together. A connection that sends anything but a plain push, or sends one
 * too slowly, is handed over to `node:http` with all that it has sent, and stays there.
 */
export class CallbackFront {
  private readonly lines = new Set<Line>();
  private readonly heads = new AnswerHeads();
  private handOver: (socket: Socket) => void = () => undefined;
  private keepAliveMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private tick = 0;

  constructor(private readonly deps: CallbackFrontDeps) {}

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
    const line: Line = {
      ...{ socket, rest: null, busy: false, served: false, ended: false, over: false, tick: this.tick },
      onData: (chunk) => {
        this.read(line, chunk);
      },
      onEnd: () => {
        line.ended = true;
        if (!line.busy) this.close(line);
      },
      onClose: () => {
        this.forget(line);
      },
    };
    this.lines.add(line);
    this.timer ??= setInterval(() => {
      this.look();
    }, TICK_MS);
    socket.on('data', line.onData).on('error', ignore).on('end', line.onEnd).on('close', line.onClose);
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
    const head = readPushHead(bytes);
    if (head === null || (head !== 'incomplete' && head.end > MAX_WAITING)) this.leave(line);
    else if (head === 'incomplete' || head.end > bytes.length) {
      if (line.ended) this.close(line);
    } else {
      line.rest = head.end === bytes.length ? null : bytes.subarray(head.end);
      line.busy = true;
      const { path, query } = splitTarget(head.target);
      const body = bytes.subarray(head.bodyStart, head.end);
      void this.deps.service.serve(path, { method: 'POST', query, body }).then((answer) => {
        this.answer(line, answer);
      });
    }
  }

  private answer(line: Line, { status, text }: CallbackAnswer): void {
    const { socket } = line;
    line.busy = false;
    if (socket.destroyed) return;
    line.served = true;
    line.tick = this.tick;
    const last = (line.ended && line.rest === null) || this.deps.isClosing();
    const flushed = socket.write(
      status === 200 && text === DONE && !last
        ? this.heads.done(this.keepAliveMs)
        : this.heads.of(status, last ? null : this.keepAliveMs, Buffer.byteLength(text)) + text,
    );
    if (last) this.close(line);
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
    if (!line.busy && this.lines.has(line) && socket.isPaused()) socket.resume();
  }

  /** Hands a connection over with what it has sent. */
  private leave(line: Line): void {
    const { socket, rest } = line;
    this.forget(line);
    socket.off('data', line.onData).off('error', ignore).off('end', line.onEnd).off('close', line.onClose);
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

/** A connection that breaks closes, which is all there is to know. */
function ignore(): void {
  return;
}

/** Heads of answers, with the present second written once. */
class AnswerHeads {
  private second = 0;
  private date = '';
  private doneHead = '';

  /** The whole answer to a push that was taken. */
  done(keepAliveMs: number): string {
    this.look();
    if (this.doneHead === '') this.doneHead = this.of(200, keepAliveMs, DONE.length) + DONE;
    return this.doneHead;
  }

  /** @param keepAliveMs null when the connection ends with this answer */
  of(status: number, keepAliveMs: number | null, length: number): string {
    this.look();
    return (
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: ${String(length)}\r\n` +
      `Date: ${this.date}\r\n${connectionLines(keepAliveMs)}\r\n`
    );
  }

  private look(): void {
    const second = Math.floor(Date.now() / 1000);
    if (second === this.second) return;
    this.second = second;
    this.date = new Date(second * 1000).toUTCString();
    this.doneHead = '';
  }
}

function connectionLines(keepAliveMs: number | null): string {
  if (keepAliveMs === null) return 'Connection: close\r\n';
  const seconds = Math.floor(keepAliveMs / 1000);
  return `Connection: keep-alive\r\n${seconds > 0 ? `Keep-Alive: timeout=${String(seconds)}\r\n` : ''}`;
}
