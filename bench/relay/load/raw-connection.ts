import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One keep-alive connection that sends requests as ready bytes and reads of an answer only what ends it, so that the load
 * costs its core far less than the server costs the other. One request at a time.
 */
export class RawConnection {
  private readonly socket: Socket;
  private rest: Buffer | null = null;
  /** Called with each answer. */
  onAnswer: (answer: RawAnswer) => void = () => undefined;
  /** Called once, when the connection ends or breaks. */
  onEnd: (error: Error | null) => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.read(chunk);
    });
    let failure: Error | null = null;
    socket.on('error', (error) => (failure = error));
    socket.once('close', () => {
      this.onEnd(failure);
    });
  }

  static open(host: string, port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawConnection(socket));
      });
    });
  }

  send(request: Buffer | string): void {
    this.socket.write(request);
  }

  /** The next answer; rejects when the connection ends first. */
  ask(request: Buffer | string): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.onAnswer = resolve;
      this.onEnd = (error) => {
        reject(error ?? new Error('the connection ended'));
      };
      if (this.socket.destroyed) reject(new Error('the connection has ended'));
      else this.send(request);
    });
  }

  close(): void {
    this.onEnd = () => undefined;
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    const bytes = this.rest === null ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = bytes;
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const head = bytes.toString('latin1', 0, headEnd);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`);
    const bodyStart = headEnd + HEAD_END.length;
    const end = bodyStart + Number(length);
    if (bytes.length < end) return;
    this.rest = null;
    this.onAnswer({ status: Number(head.slice(9, 12)), body: bytes.toString('utf8', bodyStart, end) });
  }
}
