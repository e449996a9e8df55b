/** The database thread: opens at once, then answers calls one after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { dispatch } from './dispatch';
import { toAppError } from './errors';
import { openConnection, type Connection } from './open';
import { OPENED, type Request, type Response, type ThreadOptions } from './protocol';

const port = parentPort;
if (!port) throw new Error('The database runs as a worker thread');

function answer(id: number, work: () => unknown): void {
  let response: Response;
  try {
    response = { id, value: work() };
  } catch (error) {
    response = { id, error: toAppError(error).data };
  }
  port?.postMessage(response);
}

let connection: Connection | null = null;
answer(OPENED, () => {
  connection = openConnection(workerData as ThreadOptions);
});

port.on('message', (request: Request) => {
  answer(request.id, () => {
    if (!connection) return null;
    if ('call' in request) return dispatch(connection, request.call);
    connection.close();
    connection = null;
    return null;
  });
  if ('close' in request) port.close();
});
