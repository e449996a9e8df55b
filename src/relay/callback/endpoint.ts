import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#shared/app-error';
import type { RelayLimits } from '../deps';
import { answerFor, toAppError } from '../errors';
import type { CallbackAccount } from '../state/accounts';
import { answer, answerUnread } from './answer';
import type { ComponentAccount } from './opened-push';
import { BodyReader } from './read-body';
import { Receiver, type ReceiverDeps } from './receive';

/** One request of WeChat, read to its end. */
export interface CallbackCall {
  readonly method: 'GET' | 'POST';
  /** As it came, without `?`. */
  readonly query: string;
  /** Empty for GET. */
  readonly body: Buffer;
}

/** Resolves to the text that is answered with 200; rejects with an AppError that `errors.ts` knows. */
export type CallbackHandler = (call: CallbackCall) => Promise<string>;

export interface CallbackEndpointDeps extends ReceiverDeps {
  readonly limits: Pick<RelayLimits, 'timestampWindow' | 'callbackBytes' | 'callbackMs'>;
  readonly accounts: { findByKey(key: string): Promise<CallbackAccount | null> };
  /** The accounts of the third-party platform (component), when the operator has one. */
  readonly component?: {
    findByAppid(appid: string): Promise<ComponentAccount | null>;
    /** Answers pushes for accounts that no workspace has. */
    takeUnowned(call: CallbackCall): Promise<string>;
  };
  /** Whether the server has stopped listening: connections then end with the answer. */
  readonly isClosing: () => boolean;
  /** Further addresses by their whole path. They come before the accounts' own. */
  readonly handlers?: ReadonlyMap<string, CallbackHandler>;
}

const PREFIX = '/wx/';
const ACCOUNT_KEY = /^[A-Za-z0-9_-]{32}$/;
const KEY_PATH_LENGTH = PREFIX.length + 32;
const COMPONENT_PATH = /^\/wx\/component\/([A-Za-z0-9_-]{4,64})\/callback$/;

const NO_BODY = Buffer.alloc(0);

/**
 * Everything that WeChat calls: `/wx/<account key>`, the 服务器地址(URL) of an account; `/wx/component/<appid>/callback`, the
 * 消息与事件接收URL of a third-party platform; and the given handlers. GET is WeChat's verification of the address, POST a push.
 * It stands before the web framework, whose work for one request takes longer than storing it.
 */
export function createCallbackEndpoint(
  deps: CallbackEndpointDeps,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { limits, metrics, log } = deps;
  const receiver = new Receiver(deps);
  const bodies = new BodyReader(limits.callbackBytes, limits.callbackMs);
  const answered = metrics.requests.countOf({ status: '2xx' });

  const answerFrom = (
    account: CallbackAccount | ComponentAccount,
    call: CallbackCall,
  ): Promise<string> | string =>
    call.method === 'GET'
      ? receiver.verify(account, call.query)
      : receiver.take(account, call.query, call.body);

  const answerComponent = async (path: string, call: CallbackCall): Promise<string> => {
    const appid = COMPONENT_PATH.exec(path)?.[1];
    if (appid === undefined || deps.component === undefined)
      throw new AppError({ code: 'relay/unknown-callback' });
    const account = await deps.component.findByAppid(appid);
    return account === null ? deps.component.takeUnowned(call) : answerFrom(account, call);
  };

  const refusal = (thrown: unknown): { readonly status: number; readonly message: string } => {
    const error = toAppError(thrown);
    const refused = answerFor(error.code);
    metrics.callbacks.add({ outcome: error.code });
    metrics.requests.add({ status: `${String(Math.floor(refused.status / 100))}xx` });
    if (refused.status >= 500)
      log.error('callback-failed', { errorCode: error.code, error: error.cause ?? error });
    else log.debug('callback-refused', { errorCode: error.code });
    return refused;
  };

  const serve = async (response: ServerResponse, path: string, call: CallbackCall): Promise<void> => {
    let text: string;
    try {
      const handler = deps.handlers?.get(path);
      if (handler !== undefined) text = await handler(call);
      else {
        const key = path.length === KEY_PATH_LENGTH ? path.slice(PREFIX.length) : '';
        const account = ACCOUNT_KEY.test(key) ? await deps.accounts.findByKey(key) : null;
        text = await (account === null ? answerComponent(path, call) : answerFrom(account, call));
      }
    } catch (error) {
      const { status, message } = refusal(error);
      answer(response, status, message, deps.isClosing());
      return;
    }
    answered.value += 1;
    answer(response, 200, text, deps.isClosing());
  };

  return (request, response) => {
    const url = request.url ?? '';
    const mark = url.indexOf('?');
    const path = mark === -1 ? url : url.slice(0, mark);
    const query = mark === -1 ? '' : url.slice(mark + 1);
    const { method } = request;
    if (method === 'POST')
      bodies.read(
        request,
        (body) => void serve(response, path, { method, query, body }),
        (error) => {
          const { status, message } = refusal(error);
          answerUnread(request, response, status, message);
        },
      );
    else if (method === 'GET') void serve(response, path, { method, query, body: NO_BODY });
    else {
      const { status, message } = refusal(new AppError({ code: 'relay/not-found' }));
      answerUnread(request, response, status, message);
    }
  };
}
