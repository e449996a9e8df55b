import { AppError } from '#shared/app-error';
import { answerFor, toAppError } from '../errors';
import type { Accounts, CallbackAccount } from '../state/accounts';
import type { ComponentAccount } from './opened-push';
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

export interface CallbackAnswer {
  readonly status: number;
  readonly text: string;
}

export interface CallbackServiceDeps extends ReceiverDeps {
  readonly accounts: Pick<Accounts, 'known' | 'findByKey'>;
  /** The accounts of the third-party platform (component), when the operator has one. */
  readonly component?: {
    findByAppid(appid: string): Promise<ComponentAccount | null>;
    /** Answers pushes for accounts that no workspace has. */
    takeUnowned(call: CallbackCall): Promise<string>;
  };
  /** Further addresses by their whole path. They come before the accounts' own. */
  readonly handlers?: ReadonlyMap<string, CallbackHandler>;
}

const PREFIX = '/wx/';
const ACCOUNT_KEY = /^[A-Za-z0-9_-]{32}$/;
const KEY_PATH_LENGTH = PREFIX.length + 32;
const COMPONENT_PATH = /^\/wx\/component\/([A-Za-z0-9_-]{4,64})\/callback$/;

/**
 * What is answered at everything that WeChat calls: `/wx/<account key>`, the 服务器地址(URL) of an account;
 * `/wx/component/<appid>/callback`, the 消息与事件接收URL of a third-party platform; and the given handlers. GET is WeChat's
 * verification of the address, POST a push.
 */
export class CallbackService {
  private readonly receiver: Receiver;
  private readonly answered: { value: number };

  constructor(private readonly deps: CallbackServiceDeps) {
    this.receiver = new Receiver(deps);
    this.answered = deps.metrics.requests.countOf({ status: '2xx' });
  }

  /** Never rejects. */
  async serve(path: string, call: CallbackCall): Promise<CallbackAnswer> {
    try {
      const text = await this.textFor(path, call);
      this.answered.value += 1;
      return { status: 200, text };
    } catch (error) {
      return this.refuse(error);
    }
  }

  /** Counts and logs why a call is refused; what is answered then. */
  refuse(thrown: unknown): CallbackAnswer {
    const { metrics, log } = this.deps;
    const error = toAppError(thrown);
    const { status, message } = answerFor(error.code);
    metrics.callbacks.add({ outcome: error.code });
    metrics.requests.add({ status: `${String(Math.floor(status / 100))}xx` });
    if (status >= 500) log.error('callback-failed', { errorCode: error.code, error: error.cause ?? error });
    else log.debug('callback-refused', { errorCode: error.code });
    return { status, text: message };
  }

  private textFor(path: string, call: CallbackCall): Promise<string> {
    const { handlers, accounts } = this.deps;
    const handler = handlers?.get(path);
    if (handler !== undefined) return handler(call);
    const key = path.length === KEY_PATH_LENGTH ? path.slice(PREFIX.length) : '';
    if (!ACCOUNT_KEY.test(key)) return this.answerComponent(path, call);
    const known = accounts.known(key);
    return known === null ? this.answerKey(key, path, call) : this.answerFrom(known, call);
  }

  private async answerKey(key: string, path: string, call: CallbackCall): Promise<string> {
    const account = await this.deps.accounts.findByKey(key);
    return account === null ? this.answerComponent(path, call) : this.answerFrom(account, call);
  }

  private answerFrom(account: CallbackAccount | ComponentAccount, call: CallbackCall): Promise<string> {
    return call.method === 'GET'
      ? this.receiver.verify(account, call.query)
      : this.receiver.take(account, call.query, call.body);
  }

  private async answerComponent(path: string, call: CallbackCall): Promise<string> {
    const { component } = this.deps;
    const appid = COMPONENT_PATH.exec(path)?.[1];
    if (appid === undefined || component === undefined)
      throw new AppError({ code: 'relay/unknown-callback' });
    const account = await component.findByAppid(appid);
    return account === null ? component.takeUnowned(call) : this.answerFrom(account, call);
  }
}
