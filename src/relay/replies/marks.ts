import { hash } from 'node:crypto';
import type { UnixSeconds } from '#shared/domain/clock';
import { ONCE_PER_HOURS_MAX } from '#shared/relay/reply-rules';
import { Documents, type Document } from '../state/documents';
import type { RelayStore } from '../store/port';
import type { Answers } from './answers';

interface Mark {
  readonly at: UnixSeconds;
  /** The answer (its key) for which the mark was claimed, until that answer is known to be stored. */
  readonly for?: string;
}

/** By rule id. */
type Marks = Readonly<Record<string, Mark>>;

/** Seconds in which whoever claimed a mark stores the answer or gives up; longer than WeChat waits. */
const CLAIM_SECONDS = 10;
const KEPT_SECONDS = ONCE_PER_HOURS_MAX * 3_600;

/** Which rules answered a person lately, as read at one moment. */
export interface PersonMarks {
  readonly answeredAt: (ruleId: string) => UnixSeconds | null;
  /**
   * Reserves the rule's answer to this person for one answer. False when the marks have changed since they were read: what
   * was decided by them must be decided again.
   */
  readonly claim: (ruleId: string, now: UnixSeconds) => Promise<boolean>;
}

/** For rules without any "once per N hours". */
export const NO_MARKS: PersonMarks = { answeredAt: () => null, claim: () => Promise.resolve(true) };

/**
 * The marks behind "once per N hours", by account and person. Two messages of one person may be on two relays at once, and
 * a relay may die at any point, so a mark is claimed before its answer is stored and confirmed afterwards. A claim counts
 * when the answer it was made for is stored (or still may be), and is void otherwise: nobody got an answer.
 */
export class AnswerMarks {
  private readonly people: Documents<Marks>;

  constructor(
    store: RelayStore,
    private readonly answers: Answers,
  ) {
    this.people = new Documents(store, { name: 'reply-marks', lifetime: 2_678_400 });
  }

  /** What counts against answering `answerKey`, which may have claimed a mark itself before. */
  async read(person: string, answerKey: string, now: UnixSeconds): Promise<PersonMarks> {
    const stored = await this.people.get(person);
    const counted = new Map<string, UnixSeconds>();
    for (const [ruleId, mark] of Object.entries(stored?.value ?? {}))
      if (await this.counts(ruleId, mark, answerKey, now)) counted.set(ruleId, mark.at);
    return {
      answeredAt: (ruleId) => counted.get(ruleId) ?? null,
      claim: (ruleId, at) => this.claim(person, stored, ruleId, { at, for: answerKey }),
    };
  }

  /** The answer is stored: its mark counts from now on, however long the answer itself is kept. */
  async confirm(person: string, ruleId: string, answerKey: string): Promise<void> {
    await this.people.change(person, (marks) => {
      const mark = marks?.[ruleId];
      return mark?.for === answerKey ? { ...marks, [ruleId]: { at: mark.at } } : null;
    });
  }

  private async counts(ruleId: string, mark: Mark, answerKey: string, now: UnixSeconds): Promise<boolean> {
    if (mark.for === undefined) return true;
    if (mark.for === answerKey) return false;
    if (Math.abs(now - mark.at) < CLAIM_SECONDS) return true;
    return (await this.answers.get(mark.for))?.ruleId === ruleId;
  }

  private async claim(
    person: string,
    stored: Document<Marks> | null,
    ruleId: string,
    mark: Mark,
  ): Promise<boolean> {
    if (stored === null) return this.people.create(person, { [ruleId]: mark });
    if (stored.value[ruleId]?.for === mark.for) return true;
    const kept = Object.entries(stored.value).filter(([, { at }]) => mark.at - at < KEPT_SECONDS);
    return this.people.replace(stored, { ...Object.fromEntries(kept), [ruleId]: mark });
  }
}

/** The key of a person's marks. The store must not tell who wrote to the shop, so the openid is only there as a hash. */
export function personKey(workspaceId: string, appid: string, openid: string): string {
  return `${appid}.${hash('sha256', `${workspaceId}\n${openid}`, 'base64url')}`;
}
