import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Answer =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | { readonly raw: Buffer | string; readonly status?: number; readonly headers?: Record<string, string> }
  /** Takes the request and closes the connection without a word. */
  | 'drop'
  /** Takes the request and never answers. */
  | 'silence';

export interface ScriptedServer {
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
  /** Requests to one path, in order. */
  to(path: string): readonly SeenRequest[];
  /** Sets what a path answers: a fixed answer, or one computed for each request. */
  on(path: string, answer: Answer | ((request: SeenRequest, nth: number) => Answer | Promise<Answer>)): void;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine that answers as told; unknown paths get 404. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const answers = new Map<string, (request: SeenRequest, nth: number) => Answer | Promise<Answer>>();

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const entry: SeenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      seen.push(entry);
      const nth = seen.filter((other) => other.path === entry.path).length;
      const answer = answers.get(entry.path) ?? ((): Answer => ({ raw: 'not found', status: 404 }));
      void Promise.resolve(answer(entry, nth)).then((given) => reply(response, given));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    to: (path) => seen.filter((request) => request.path === path),
    on: (path, answer) => answers.set(path, typeof answer === 'function' ? answer : () => answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return;
  if (answer === 'drop') {
    response.socket?.destroy();
    return;
  }
  const isJson = 'json' in answer;
  response.writeHead(answer.status ?? 200, {
    'content-type': isJson ? 'application/json; encoding=utf-8' : 'application/octet-stream',
    ...answer.headers,
  });
  response.end(isJson ? JSON.stringify(answer.json) : answer.raw);
}
