import type { IncomingMessage, ServerResponse } from 'node:http';

/** WeChat asks for nothing else, and shows any other body to the customer as a failure of the account. */
export const DONE = 'success';

/** Milliseconds, and bytes, for which a refused body is still taken off the line, so that its sender can read the answer. */
const LINGER_MS = 1_000;
const LINGER_BYTES = 1024 * 1024;

/** Of every answer in plain text: names and values in turn. */
export const TEXT_HEADERS: readonly string[] = [
  ...['Content-Type', 'text/plain; charset=utf-8'],
  ...['X-Content-Type-Options', 'nosniff'],
  ...['Cache-Control', 'no-store'],
];
const HEADERS = [...TEXT_HEADERS, 'Content-Length'];
const CLOSE = ['Connection', 'close'] as const;
const DONE_HEADERS = [...HEADERS, String(DONE.length)];

/** Answers in plain text. */
export function answer(response: ServerResponse, status: number, text: string, close: boolean): void {
  const headers =
    text === DONE && !close
      ? DONE_HEADERS
      : [...HEADERS, String(Buffer.byteLength(text)), ...(close ? CLOSE : [])];
  response.writeHead(status, headers);
  response.end(text);
}

/** Answers a request whose body has not been read to its end, and closes the connection. */
export function answerUnread(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.writeHead(status, [...HEADERS, String(Buffer.byteLength(text)), ...CLOSE]);
  response.write(text);
  // Closing while the sender still writes would reset the connection and take the answer with it.
  let bytes = 0;
  const close = (): void => {
    clearTimeout(timer);
    if (!response.writableEnded) response.end(() => request.socket.destroy());
  };
  const timer = setTimeout(close, LINGER_MS).unref();
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LINGER_BYTES) close();
  });
  request.once('end', close).once('close', close).resume();
}
