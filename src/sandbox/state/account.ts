import type { JsonObject } from '../json';
import { BASE64_URL, createRandom, type Random } from '../random';
import { publishedArticles, type PublishedArticle } from './articles';
import { FollowerBook } from './followers';
import { MediaStore } from './media';
import { QuotaBook } from './quotas';
import { SEED_NICKNAMES, SEED_TAGS, SEED_WORKERS } from './seeds';
import { TagBook } from './tags';
import { TokenDesk } from './tokens';
import { WorkerBook } from './workers';

export type AccountType = 'service' | 'subscription';
export type Region = 'mainland' | 'overseas';
export type CallbackMode = 'safe' | 'compatible' | 'plain';

export interface AccountOptions {
  readonly type: AccountType;
  readonly verified: boolean;
  readonly region: Region;
  readonly followers: number;
  /** Addresses and segments that may ask for tokens; the sandbox's own machine when left out. */
  readonly ipWhitelist?: readonly string[] | undefined;
  /** Chosen instead of drawn, for accounts whose ids everybody knows. */
  readonly ids?: { readonly appid: string; readonly originalId: string };
}

/** The server configuration (服务器配置) of an account. */
export interface ServerConfig {
  readonly url: string;
  readonly token: string;
  readonly encodingAESKey: string;
  readonly mode: CallbackMode;
}

export type AuthorizerOption = 'location_report' | 'voice_recognize' | 'customer_service';

export interface MenuState {
  readonly buttons: readonly JsonObject[];
  readonly menuId: bigint;
}

/** Standing of the account with WeChat, changed by the control API. */
export interface AccountStanding {
  verified: boolean;
  /** 48004 on every call that needs a permission. */
  banned: boolean;
  /** 50007 on token requests. */
  frozen: boolean;
  /** 40243 on token requests. */
  secretFrozen: boolean;
  /** No template industry (模板消息行业) was ever chosen. */
  noIndustry: boolean;
}

export interface Account {
  readonly number: number;
  readonly appid: string;
  secret: string;
  /** `gh_…`, ToUserName of every push. */
  readonly originalId: string;
  readonly nickname: string;
  readonly type: AccountType;
  readonly region: Region;
  readonly standing: AccountStanding;
  ipWhitelist: readonly string[];
  server: ServerConfig | null;
  /** Settings that a platform may change (选项), as digits. */
  readonly options: Map<AuthorizerOption, string>;
  /** What the owner made on the website instead of what every new account has there; null: the latter. */
  website: { readonly menu: readonly JsonObject[]; readonly autoReply: JsonObject } | null;
  /** Made by API; null for none. */
  menu: MenuState | null;
  readonly followers: FollowerBook;
  readonly tags: TagBook;
  readonly tokens: TokenDesk;
  readonly quotas: QuotaBook;
  readonly media: MediaStore;
  readonly workers: WorkerBook;
  /** Newest first. */
  readonly articles: readonly PublishedArticle[];
  /** Ids of articles, cards and linked mini programs that messages may refer to. */
  readonly articleIds: readonly string[];
  readonly cardIds: readonly string[];
  readonly miniProgramAppIds: readonly string[];
  /** For whatever happens to this account after it was made. */
  readonly random: Random;
  nextMsgId(): string;
}

/**
 * An account made from the seed and its number: the same pair gives the same account and followers. What happens in its
 * life (tokens, MsgIds, media ids) depends on `bornAt` too, unix seconds, so that a sandbox started again tomorrow
 * repeats no MsgId, which every receiver would take for a redelivery.
 */
export function createAccount(
  seed: number,
  number: number,
  bornAt: number,
  options: AccountOptions,
): Account {
  const random = createRandom('account', seed, number);
  const drawn = { appid: `wx${random.hex(16)}`, secret: random.hex(32), originalId: `gh_${random.hex(12)}` };
  const { appid, secret, originalId } = { ...drawn, ...options.ids };
  const tags = new TagBook();
  const seedTags = options.verified && options.followers > 0 ? SEED_TAGS : [];
  const seedTagIds = seedTags.map((name) => tags.create(name).id);
  const alias = `shop_${random.chars(6, 'abcdefghijkmnpqrstuvwxyz')}`;
  // Of their own, so that more articles change nothing else of a seed.
  const articles = publishedArticles(number, createRandom('articles', seed, number));
  const workers = new WorkerBook(alias);
  if (options.verified) {
    for (const [prefix, nick] of SEED_WORKERS) {
      workers.add(`${prefix}@${alias}`, nick).wechatId = `wx_${random.hex(6)}`;
    }
    const [first] = workers.list();
    if (first) first.online = true;
  }
  const life = createRandom('life', seed, number, bornAt);
  // Like WeChat's, the ids of messages grow with time; a second leaves room for a million units.
  let msgId = 24_000_000_000_000_000n + BigInt(bornAt) * 1_000_000n + BigInt(life.between(1, 999));
  return {
    number,
    appid,
    secret,
    originalId,
    nickname:
      SEED_NICKNAMES[number] ?? `示例${options.type === 'service' ? '服务号' : '公众号'} ${number + 1}`,
    type: options.type,
    region: options.region,
    standing: {
      verified: options.verified,
      banned: false,
      frozen: false,
      secretFrozen: false,
      noIndustry: false,
    },
    ipWhitelist: options.ipWhitelist ?? ['127.0.0.1', '::1'],
    server: null,
    website: null,
    options: new Map([
      ['location_report', '0'],
      ['voice_recognize', '0'],
      ['customer_service', '0'],
    ]),
    menu: null,
    followers: new FollowerBook({ seed, accountNumber: number, seeded: options.followers, seedTagIds }),
    tags,
    tokens: new TokenDesk(createRandom('tokens', seed, number, bornAt)),
    quotas: new QuotaBook(),
    media: new MediaStore(createRandom('media', seed, number, bornAt)),
    workers,
    articles,
    articleIds: articles.map(({ id }) => id),
    cardIds: [`p${random.chars(27, BASE64_URL)}`],
    miniProgramAppIds: [`wx${random.hex(16)}`],
    random: life,
    nextMsgId: () => {
      msgId += BigInt(life.between(1, 999));
      return msgId.toString();
    },
  };
}
