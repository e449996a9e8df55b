import { createRandom, type Random } from '../random';
import type { Account } from '../state/account';
import { QuotaBook } from '../state/quotas';
import { TokenDesk } from '../state/tokens';
import { Authorization } from './authorization';
import { AUTHORIZATION_CODE_LIFE, CodeBook, PRE_AUTH_CODE_LIFE } from './codes';
import type { PlatformPush } from './platform-push';
import { TicketBook } from './tickets';

/** What the operator of a third-party platform enters at open.weixin.qq.com (auth-component.md §1). */
export interface ComponentConfig {
  readonly componentAppid: string;
  readonly secret: string;
  /** 授权事件接收URL */
  readonly ticketUrl: string;
  /** 消息与事件接收URL, with `$APPID$` in path or query. */
  readonly callbackUrl: string;
  readonly token: string;
  readonly encodingAESKey: string;
}

/** What can be changed later without touching the keys. */
export interface ComponentSettings {
  /** 白名单IP地址列表 */
  ipWhitelist: readonly string[];
  /** 全网发布 has been done; before it only `testAccounts` can authorize. */
  published: boolean;
  /** 授权测试公众号列表, by original ID (`gh_…`). */
  testAccounts: readonly string[];
  /** 权限集 that are offered to an administrator. */
  permissionSets: readonly number[];
  /** 授权发起页域名; the page that links to WeChat must be on it. Null: only Referer and redirect are compared. */
  startDomain: string | null;
  /** Every refresh of an account's token gives a new refresh token and kills the one before. */
  rotateOnRefresh: boolean;
}

/** The sets that shops use: messages, users, account, web, workers, notices, cards, materials, menus, subscription notices. */
const DEFAULT_SETS: readonly number[] = [1, 2, 3, 4, 6, 7, 8, 11, 15, 89];

/** Calls per day; the documents publish no figure, this one is what developers report. */
const COMPONENT_TOKENS_PER_DAY = 2000;
export const COMPONENT_TOKEN_PATH = '/cgi-bin/component/api_component_token';

const MAX_PUSHES = 500;

/** A third-party platform (第三方平台) as WeChat knows it. */
export class Component {
  config: ComponentConfig;
  readonly settings: ComponentSettings = {
    ipWhitelist: ['127.0.0.1', '::1'],
    published: true,
    testAccounts: [],
    permissionSets: DEFAULT_SETS,
    startDomain: null,
    rotateOnRefresh: false,
  };
  readonly tickets: TicketBook;
  readonly tokens: TokenDesk;
  readonly quotas = new QuotaBook();
  /** Value: nothing; a code stands for one attempt of whoever opens the page with it. */
  readonly preAuthCodes: CodeBook<null>;
  readonly authorizationCodes: CodeBook<Authorization>;
  readonly #random: Random;
  readonly #authorizations: Authorization[] = [];
  #pushes: PlatformPush[] = [];

  constructor(config: ComponentConfig, seed: number, now: number) {
    this.config = config;
    const stream = (name: string): Random => createRandom(name, seed, config.componentAppid, now);
    this.#random = stream('component');
    this.tickets = new TicketBook(stream('tickets'), now);
    this.tokens = new TokenDesk(stream('component-tokens'));
    this.preAuthCodes = new CodeBook(stream('preauth'), 'preauthcode', PRE_AUTH_CODE_LIFE);
    this.authorizationCodes = new CodeBook(stream('authcode'), 'queryauthcode', AUTHORIZATION_CODE_LIFE);
    this.quotas.setDailyLimit(COMPONENT_TOKEN_PATH, COMPONENT_TOKENS_PER_DAY);
  }

  get appid(): string {
    return this.config.componentAppid;
  }

  /** The standing authorization of an account; null when it never authorized, or has cancelled. */
  authorizationOf(appid: string): Authorization | null {
    return this.#authorizations.find(({ account, active }) => active && account.appid === appid) ?? null;
  }

  /** Standing authorizations, oldest account first. */
  authorizations(): readonly Authorization[] {
    return this.#authorizations.filter(({ active }) => active);
  }

  /** The authorization that a token was issued for, which may have been cancelled since. */
  authorizationOfToken(token: string): Authorization | null {
    return this.#authorizations.find(({ tokens }) => tokens.owns(token)) ?? null;
  }

  /**
   * Notes that the account's administrator confirmed these sets. A second confirmation keeps the access tokens and kills
   * the refresh token.
   */
  authorize(
    account: Account,
    sets: readonly number[],
    now: number,
  ): { readonly authorization: Authorization; readonly change: 'new' | 'sets' | 'none' } {
    const standing = this.authorizationOf(account.appid);
    if (standing === null) {
      const random = createRandom('authorization', this.#random.hex(16));
      const authorization = new Authorization({ account, random, sets, now });
      this.#authorizations.push(authorization);
      return { authorization, change: 'new' };
    }
    const same = standing.sets.length === sets.length && sets.every((id) => standing.sets.includes(id));
    standing.sets = sets;
    standing.authorizedAt = now;
    standing.rotate();
    return { authorization: standing, change: same ? 'none' : 'sets' };
  }

  notePush(push: PlatformPush): void {
    this.#pushes.push(push);
    if (this.#pushes.length > MAX_PUSHES) this.#pushes = this.#pushes.slice(-MAX_PUSHES / 2);
  }

  /** Pushes to the ticket URL, oldest first; each is noted when it is over. */
  pushes(): readonly PlatformPush[] {
    return this.#pushes;
  }
}
