import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#shared/app-error';
import type { RelayLimits } from '../deps';
import { splitTarget } from '../target';
import { answer, answerUnread } from './answer';
import { BodyReader } from './read-body';
import { CallbackService, type CallbackServiceDeps } from './serve';

export type { CallbackCall } from './serve';

export interface CallbackEndpointDeps extends CallbackServiceDeps {
  readonly limits: Pick<RelayLimits, 'timestampWindow' | 'callbackBytes' | 'callbackMs'>;
  /** Whether the server has stopped listening: connections then end with the answer. */
  readonly isClosing: () => boolean;
}

const NO_BODY = Buffer.alloc(0);

/**
 * Callbacks as requests of `node:http`: every request for `/wx/…` that the front leaves to it.
 * It stands before the web framework, whose work for one request takes longer than storing it.
 */
export function createCallbackEndpoint(
  deps: CallbackEndpointDeps,
  service: CallbackService = new CallbackService(deps),
): (request: IncomingMessage, response: ServerResponse) => void {
  const { limits, isClosing } = deps;
  const bodies = new BodyReader(limits.callbackBytes, limits.callbackMs);
  const serve = async (
    response: ServerResponse,
    target: string,
    method: 'GET' | 'POST',
    body: Buffer,
  ): Promise<void> => {
    const { path, query } = splitTarget(target);
    const { status, text } = await service.serve(path, { method, query, body });
    answer(response, status, text, isClosing());
  };
  const refuseUnread = (request: IncomingMessage, response: ServerResponse, error: AppError): void => {
    const { status, text } = service.refuse(error);
    answerUnread(request, response, status, text);
  };

  return (request, response) => {
    const { method, url = '' } = request;
    if (method === 'POST')
      bodies.read(
        request,
        (body) => void serve(response, url, method, body),
        (error) => {
          refuseUnread(request, response, error);
        },
      );
    else if (method === 'GET') void serve(response, url, method, NO_BODY);
    else refuseUnread(request, response, new AppError({ code: 'relay/not-found' }));
  };
}
