import { AppError } from '#shared/app-error';
import { compileRules, type CompiledRules } from '#shared/domain/replies/compile-rules';
import { replyRuleSet, type ReplyRuleSet } from '#shared/relay/reply-rules';
import type { SealedBox } from '../secrets/sealed-box';
import { Documents, type Document } from '../state/documents';
import type { RelayStore, WorkspaceId } from '../store/port';

interface StoredRules {
  readonly workspaceId: WorkspaceId;
  readonly version: number;
  /** Sealed JSON of the rule set, which holds what the shop says and to whom. */
  readonly sealed: string;
}

interface Owner {
  readonly workspaceId: WorkspaceId;
  readonly appid: string;
}

interface Ready {
  readonly revision: number;
  readonly rules: CompiledRules;
}

interface Cached {
  readonly until: number;
  readonly ready: Promise<Ready | null>;
  /** What `ready` came to; undefined until it has. */
  outcome: Ready | null | undefined;
}

/** Milliseconds for which a change made by another relay may go unnoticed. */
const FRESH_MS = 2_000;

/** Where rules are kept; rotation of the master key walks it. */
export const REPLY_RULES = { name: 'reply-rules', lifetime: null } as const;

/** The automatic replies of the accounts: sealed at rest, compiled in memory. */
export class RuleStore {
  private readonly documents: Documents<StoredRules>;
  private readonly cache = new Map<string, Cached>();

  constructor(
    store: RelayStore,
    private readonly box: SealedBox,
  ) {
    this.documents = new Documents(store, REPLY_RULES);
  }

  /** The account's rules ready for `chooseReply`; null when it has none. What was read lately also serves while the store fails. */
  async find(owner: Owner): Promise<CompiledRules | null> {
    const place = placeOf(owner);
    const cached = this.cache.get(place);
    if (cached !== undefined && cached.until > performance.now()) return (await cached.ready)?.rules ?? null;
    const ready = this.readAgain(owner, cached?.ready);
    const entry: Cached = { ready, until: performance.now() + FRESH_MS, outcome: undefined };
    this.cache.set(place, entry);
    entry.outcome = await ready;
    return entry.outcome?.rules ?? null;
  }

  /** Whether the account is known, from a moment ago, to answer nothing by itself. */
  hasNone(owner: Owner): boolean {
    const cached = this.cache.get(placeOf(owner));
    if (cached?.outcome === undefined || cached.until <= performance.now()) return false;
    return (cached.outcome?.rules.rules.length ?? 0) === 0;
  }

  /**
   * Replaces the account's rules. The same set under the same version is taken again, another one is not.
   * @throws AppError `relay/bad-rules` when the set does not compile, `relay/older-rules` when it is not newer than what is
   * stored
   */
  async save(owner: Owner, set: ReplyRuleSet): Promise<void> {
    refuseBroken(set);
    const { workspaceId, appid } = owner;
    const text = JSON.stringify(set);
    const sealed = this.box.sealText(text, rulesContext(workspaceId, appid));
    let isOlder = false;
    await this.documents.change(appid, (present) => {
      // What another workspace left when the account was released there counts for nothing.
      const mine = present?.workspaceId === workspaceId ? present : null;
      const isSame = mine?.version === set.version && this.openText(appid, mine) === text;
      isOlder = mine !== null && mine.version >= set.version && !isSame;
      return isOlder || isSame ? null : { workspaceId, version: set.version, sealed };
    });
    if (isOlder) throw new AppError({ code: 'relay/older-rules' });
    this.cache.delete(placeOf(owner));
  }

  /** The rules as they were saved; null when the account has none. */
  async read(owner: Owner): Promise<ReplyRuleSet | null> {
    const found = await this.stored(owner);
    return found === null ? null : this.open(owner.appid, found.value);
  }

  /** The version of each account's rules in the workspace, by appid. */
  async versions(workspaceId: WorkspaceId): Promise<ReadonlyMap<string, number>> {
    const all = await this.documents.list();
    return new Map(
      all
        .filter(({ value }) => value.workspaceId === workspaceId)
        .map(({ key, value }) => [key, value.version]),
    );
  }

  /** The account answers nothing by itself from now on. */
  async remove(owner: Owner): Promise<void> {
    const found = await this.stored(owner);
    this.cache.delete(placeOf(owner));
    if (found !== null && !(await this.documents.delete(found.key, found.revision))) await this.remove(owner);
  }

  private async readAgain(owner: Owner, before: Promise<Ready | null> | undefined): Promise<Ready | null> {
    const last = before === undefined ? null : await before.catch(() => null);
    let found: Document<StoredRules> | null;
    try {
      found = await this.stored(owner);
    } catch (error) {
      if (last !== null && isUnavailable(error)) return last;
      throw error;
    }
    if (found === null || found.revision === last?.revision) return found === null ? null : last;
    return { revision: found.revision, rules: compileRules(this.open(owner.appid, found.value)) };
  }

  private async stored({ workspaceId, appid }: Owner): Promise<Document<StoredRules> | null> {
    const found = await this.documents.get(appid);
    return found?.value.workspaceId === workspaceId ? found : null;
  }

  private open(appid: string, stored: StoredRules): ReplyRuleSet {
    return replyRuleSet.parse(JSON.parse(this.openText(appid, stored)));
  }

  private openText(appid: string, { workspaceId, sealed }: StoredRules): string {
    return this.box.openText(sealed, rulesContext(workspaceId, appid));
  }
}

/** An account may move to another workspace: what is remembered of it must not move along. */
function placeOf({ workspaceId, appid }: Owner): string {
  return `${workspaceId}\n${appid}`;
}

/** What binds sealed rules to their account, so that they open nowhere else. */
export function rulesContext(workspaceId: WorkspaceId, appid: string): string {
  return `reply-rules:${workspaceId}:${appid}`;
}

function refuseBroken(set: ReplyRuleSet): void {
  try {
    compileRules(set);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError({ code: 'relay/bad-rules', params: error.data.params }, { cause: error });
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'relay/store-unavailable';
}
