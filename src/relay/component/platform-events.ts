import { AppError } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { xmlText, type XmlNode } from '#wechat/callback/xml';
import type { Attempts } from './attempts';
import type { AuthorizerTokenSource } from './authorizer-tokens';
import type { Platform, PlatformKeys } from './platform';
import { openPlatformPush, type RawPush } from './platform-push';
import { codeEnd, type Redeemer } from './redeemer';
import type { TicketStore } from './ticket-store';

export interface PlatformEventsDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** Seconds a push's timestamp may differ from the clock. */
  readonly timestampWindow: number;
  readonly platform: Platform;
  readonly tickets: TicketStore;
  readonly attempts: Attempts;
  readonly redeemer: Redeemer;
  readonly tokens: AuthorizerTokenSource;
}

/** The platform's 授权事件接收URL, `/wx/component/ticket`: tickets, and what administrators decide about authorizations. */
export class PlatformEvents {
  constructor(private readonly deps: PlatformEventsDeps) {}

  /**
   * Takes one POST and resolves to `success` only after what it tells is durable. The same push again does no harm, and what
   * is not known (verification of names, mini programs) is left alone.
   * @throws AppError `relay/unknown-callback` without a platform, and those of `openPlatformPush`
   */
  async handle(push: RawPush): Promise<string> {
    const { platform, clock, timestampWindow } = this.deps;
    const keys = await platform.keys();
    if (keys === null || push.method !== 'POST') throw new AppError({ code: 'relay/unknown-callback' });
    const now = clock.now();
    const { message } = openPlatformPush(push, keys, { now, timestampWindow });
    await this.take(message, keys, now);
    return 'success';
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
