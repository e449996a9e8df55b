import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { openCallback } from '#wechat/callback/callback';
import { parseXml, xmlText, type XmlNode } from '#wechat/callback/xml';
import { answerFor, toAppError } from '../errors';
import type { Attempts } from './attempts';
import type { AuthorizerTokenSource } from './authorizer-tokens';
import type { Platform, PlatformKeys } from './platform';
import { codeEnd, type Redeemer } from './redeemer';
import type { TicketStore } from './ticket-store';

export interface PlatformEventsDeps {
  readonly log: Logger;
  /** Seconds a push's timestamp may differ from the clock. */
  readonly timestampWindow: number;
  readonly platform: Platform;
  readonly tickets: TicketStore;
  readonly attempts: Attempts;
  readonly redeemer: Redeemer;
  readonly tokens: AuthorizerTokenSource;
}

export interface RawPush {
  /** As it came, without `?`. */
  readonly query: string;
  readonly body: Buffer;
  readonly now: UnixSeconds;
}

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** The platform's 授权事件接收URL, `/wx/component/ticket`: tickets, and what administrators decide about authorizations. */
export class PlatformEvents {
  constructor(private readonly deps: PlatformEventsDeps) {}

  /**
   * Answers one POST: `success` only after what it tells is durable. The same push again does no harm, and what is not known
   * (verification of names, mini programs) is left alone.
   */
  async handle(push: RawPush): Promise<RawAnswer> {
    const { platform, log } = this.deps;
    try {
      const keys = await platform.keys();
      if (keys === null) throw new AppError({ code: 'relay/unknown-callback' });
      await this.take(this.open(push, keys), keys, push.now);
      return { status: 200, body: 'success' };
    } catch (error) {
      const { code, cause } = toAppError(error);
      const { status, message } = answerFor(code);
      if (status >= 500) log.error('component-event-failed', { errorCode: code, error: cause ?? error });
      else log.warn('component-event-refused', { errorCode: code });
      return { status, body: message };
    }
  }

  /** Checked as every push in safe mode; the AppID inside is the component's. */
  private open({ query, body, now }: RawPush, keys: PlatformKeys): XmlNode {
    const params = Object.fromEntries(new URLSearchParams(query));
    const { componentAppid, token, encodingAESKey, previousEncodingAESKey } = keys;
    const xml = openCallback({
      token,
      encodingAESKey,
      previousEncodingAESKey,
      appid: componentAppid,
      query: params,
      body: body.toString('utf8'),
      mode: 'safe',
    });
    const skew = now - Number(params['timestamp']);
    if (!(Math.abs(skew) <= this.deps.timestampWindow)) throw new AppError({ code: 'callback/stale' });
    return parseXml(xml);
  }

  private async take(event: XmlNode, { componentAppid }: PlatformKeys, now: UnixSeconds): Promise<void> {
    const type = xmlText(event, 'InfoType') ?? '';
    const at = Number(needed(event, 'CreateTime'));
    if (!Number.isSafeInteger(at)) throw new AppError({ code: 'callback/bad-xml' });
    switch (type) {
      case 'component_verify_ticket':
        await this.deps.tickets.save(componentAppid, needed(event, 'ComponentVerifyTicket'), at, now);
        return;
      case 'authorized':
      case 'updateauthorized':
        await this.authorized(event, type, at, now);
        return;
      case 'unauthorized':
        await this.deps.tokens.cancelled(needed(event, 'AuthorizerAppid'), at);
        return;
      default:
        this.deps.log.debug('component-event-ignored', { type });
    }
  }

  private async authorized(
    event: XmlNode,
    type: 'authorized' | 'updateauthorized',
    at: UnixSeconds,
    now: UnixSeconds,
  ): Promise<void> {
    const { attempts, redeemer } = this.deps;
    const preAuthCode = xmlText(event, 'PreAuthCode');
    await redeemer.offer(needed(event, 'AuthorizationCode'), {
      attemptId: preAuthCode === null ? null : await attempts.idOf(preAuthCode),
      event: { appid: needed(event, 'AuthorizerAppid'), type, at },
      expiresAt: codeEnd(xmlText(event, 'AuthorizationCodeExpiredTime'), now),
    });
  }
}

function needed(event: XmlNode, tag: string): string {
  const text = xmlText(event, tag);
  if (text === null || text === '') throw new AppError({ code: 'callback/bad-xml' });
  return text;
}
