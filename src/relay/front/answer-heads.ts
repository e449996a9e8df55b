import { STATUS_CODES } from 'node:http';
import { DONE, TEXT_HEADERS } from '../callback/answer';

const TEXT_LINES = linesOf(TEXT_HEADERS);

/** Heads of answers, with the present second written once. */
export class AnswerHeads {
  private second = 0;
  private date = '';
  private doneHead = '';

  /** The whole answer to a push that was taken. */
  done(keepAliveMs: number): string {
    this.look();
    if (this.doneHead === '') this.doneHead = this.ofText(200, keepAliveMs, DONE.length) + DONE;
    return this.doneHead;
  }

  /** Of an answer in plain text. @param keepAliveMs null when the connection ends with this answer */
  ofText(status: number, keepAliveMs: number | null, length: number): string {
    return this.of(status, keepAliveMs, length, TEXT_LINES);
  }

  /** @param lines further headers, each with its CR LF */
  of(status: number, keepAliveMs: number | null, length: number, lines: string): string {
    this.look();
    return (
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines}Content-Length: ${String(length)}\r\n` +
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

/** Headers as lines. @param headers names and values in turn */
export function linesOf(headers: readonly string[]): string {
  return headers.map((word, index) => word + (index % 2 === 0 ? ': ' : '\r\n')).join('');
}

function connectionLines(keepAliveMs: number | null): string {
  if (keepAliveMs === null) return 'Connection: close\r\n';
  const seconds = Math.floor(keepAliveMs / 1000);
  return `Connection: keep-alive\r\n${seconds > 0 ? `Keep-Alive: timeout=${String(seconds)}\r\n` : ''}`;
}
