import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { AccountView } from '#shared/relay/protocol';
import type { ReplyRuleSet } from '#shared/relay/reply-rules';
import type { Database } from '../db/port/database';
import type { RulesRecord } from '../db/port/reply-rules';
import type { RelayApi, RelayLink } from '../relay/port';

export interface RulesSyncDeps {
  readonly db: Pick<Database, 'replyRules'>;
  readonly relay: Pick<RelayApi, 'getRules' | 'putRules'>;
  readonly clock: Clock;
}

/** Other computers may change the rules while they are compared; nobody does so all the time. */
const MAX_ROUNDS = 5;

/**
 * Brings the rules of one account here and at the relay together. An edit that is new here goes to the relay, one that is
 * new there comes here. Of two computers that edited apart, the one whose edit reaches the relay last wins, under a version
 * above both; what it replaces is kept. A relay that has less than it once had (restored from a backup, or sealed meanwhile)
 * gets the rules again.
 * @throws AppError `relay/*`
 */
export function createRulesSync({ db, relay, clock }: RulesSyncDeps) {
  async function round(link: RelayLink, appid: string, remote: number | null): Promise<boolean> {
    const stored = await db.replyRules.get(appid);
    const synced = stored?.syncedVersion ?? null;
    if (stored !== null && (remote === null || (synced !== null && remote <= synced))) {
      if (remote === stored.rules.version) return true;
      return send(link, stored);
    }
    if (remote === null) return true;
    const theirs = await relay.getRules(link, appid);
    // Removed since it was listed: the next round knows.
    if (theirs === null) return false;
    if (stored === null || synced === stored.rules.version || isSame(stored.rules, theirs))
      return adopt(appid, stored, theirs);
    return prevail(stored, theirs);
  }

  /** False when the relay has something newer meanwhile. */
  async function send(link: RelayLink, { appid, rules }: RulesRecord): Promise<boolean> {
    try {
      await relay.putRules(link, appid, rules);
    } catch (error) {
      if (error instanceof AppError && error.code === 'relay/older-rules') return false;
      throw error;
    }
    await db.replyRules.synced(appid, rules.version, rules.version);
    return true;
  }

  async function adopt(appid: string, stored: RulesRecord | null, theirs: ReplyRuleSet): Promise<boolean> {
    const at = clock.now();
    return db.replyRules.put({
      appid,
      rules: theirs,
      syncedVersion: theirs.version,
      editedAt: at,
      over: stored?.rules.version ?? null,
      ...(stored !== null && !isSame(stored.rules, theirs) && { keep: { origin: 'here', at } as const }),
    });
  }

  /** Puts ours above theirs, which is kept; the next round sends it. */
  async function prevail(stored: RulesRecord, theirs: ReplyRuleSet): Promise<boolean> {
    const version = Math.max(stored.rules.version, theirs.version) + 1;
    await db.replyRules.put({
      ...stored,
      rules: { ...stored.rules, version },
      syncedVersion: theirs.version,
      over: stored.rules.version,
      keepOther: { rules: theirs, at: clock.now() },
    });
    return false;
  }

  return async (link: RelayLink, view: AccountView): Promise<void> => {
    let remote = view.rulesVersion;
    for (let n = 0; n < MAX_ROUNDS; n += 1) {
      if (await round(link, view.appid, remote)) return;
      remote = (await relay.getRules(link, view.appid))?.version ?? null;
    }
    throw new AppError({ code: 'relay/older-rules', retryable: true });
  };
}

function isSame(one: ReplyRuleSet, other: ReplyRuleSet): boolean {
  const words = ({ timeZone, rules }: ReplyRuleSet): string => JSON.stringify([timeZone, rules]);
  return words(one) === words(other);
}
