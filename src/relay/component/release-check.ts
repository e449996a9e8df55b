import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { post, type ComponentCall } from '#wechat/api/component-call';
import { toSendBody } from '#wechat/api/customer-service';
import { buildXml, xmlText, type XmlNode } from '#wechat/callback/xml';
import { Documents } from '../state/documents';
import type { RelayStore } from '../store/port';
import { hashOf } from './attempts';
import type { AuthorizerTokenSource } from './authorizer-tokens';
import { LOCKS } from './collections';
import type { Redeemer } from './redeemer';

/** WeChat's own test accounts, an Official Account and a mini program, by original id. */
const TEST_ACCOUNTS: ReadonlySet<string> = new Set(['gh_3c884a361561', 'gh_8dad206e9538']);
const TEXT_CHECK = 'TESTCOMPONENT_MSG_TYPE_TEXT';
const API_CHECK = 'QUERY_AUTH_CODE:';
/** Milliseconds in which the code of an API check must be redeemed. */
const PATIENCE_MS = 60_000;

export interface ReleaseCheckDeps {
  readonly store: RelayStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly call: ComponentCall;
  readonly redeemer: Redeemer;
  readonly tokens: AuthorizerTokenSource;
}

/** WeChat's checks before a platform is released to all accounts (全网发布接入检测). */
export class ReleaseCheck {
  private readonly done: Documents<{ readonly at: number }>;
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly deps: ReleaseCheckDeps) {
    this.done = new Documents(deps.store, LOCKS);
  }

  /**
   * The answer to a decrypted push to one of WeChat's test accounts: the XML of the passive reply that WeChat expects, or no
   * reply because the answer comes as a customer-service message. Null for every other push.
   */
  async answer(message: XmlNode): Promise<{ readonly reply: string | null } | null> {
    const account = xmlText(message, 'ToUserName') ?? '';
    const openid = xmlText(message, 'FromUserName') ?? '';
    if (!TEST_ACCOUNTS.has(account) || openid === '') return null;
    const reply = (text: string): { readonly reply: string } => ({
      reply: buildXml({
        ToUserName: openid,
        FromUserName: account,
        CreateTime: Math.floor(this.deps.clock.now()),
        MsgType: 'text',
        Content: text,
      }),
    });
    if (xmlText(message, 'MsgType') === 'event')
      return reply(`${xmlText(message, 'Event') ?? ''}from_callback`);
    const content = xmlText(message, 'Content') ?? '';
    if (content === TEXT_CHECK) return reply(`${TEXT_CHECK}_callback`);
    if (!content.startsWith(API_CHECK)) return null;
    const code = content.slice(API_CHECK.length);
    // WeChat repeats a push whose answer was lost; one message per code goes out.
    if (await this.done.create(`release-check.${hashOf(code)}`, { at: this.deps.clock.now() }))
      this.start(code, openid);
    return { reply: null };
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private start(code: string, openid: string): void {
    const run = this.sendBack(code, openid)
      .catch((error: unknown) => {
        this.deps.log.error('release-check-failed', { error });
      })
      .finally(() => {
        this.running.delete(run);
      });
    this.running.add(run);
  }

  private async sendBack(code: string, openid: string): Promise<void> {
    const { redeemer, tokens, call, clock } = this.deps;
    const source = { attemptId: null, event: null, expiresAt: clock.now() + 3_600 };
    const record = await redeemer.outcome(await redeemer.offer(code, source), PATIENCE_MS);
    const appid = record?.plain.appid ?? null;
    if (appid === null) throw new AppError(record?.plain.error ?? { code: 'relay/busy' });
    const { accessToken } = await tokens.lease(appid);
    const body = toSendBody(openid, { kind: 'text', text: `${code}_from_api` });
    await post(call, '/cgi-bin/message/custom/send', accessToken, body);
  }
}
