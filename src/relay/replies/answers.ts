import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '#shared/app-error';
import { Documents } from '../state/documents';
import type { RelayStore } from '../store/port';

/** What was decided about one message. */
export interface Answer {
  /** The rule that answered; null when none did. */
  readonly ruleId: string | null;
  /** Whether the rule answers a person once per N hours. */
  readonly isMarked: boolean;
  /** The encrypted passive reply; null when nothing is answered. */
  readonly reply: string | null;
}

const MAX_LOOKS = 100;
const LOOK_EVERY_MS = 25;

/** The decided answers, by message, for as long as WeChat could ask again and far longer. Ciphertext only. */
export class Answers {
  private readonly documents: Documents<Answer>;

  constructor(store: RelayStore) {
    this.documents = new Documents(store, { name: 'reply-answers', lifetime: 3_600 });
  }

  async get(key: string): Promise<Answer | null> {
    return (await this.documents.get(key))?.value ?? null;
  }

  /**
   * Stores the answer unless the message has one; resolves to the one that stands.
   * @throws AppError `relay/store-unavailable` when there is one that cannot be seen
   */
  async settle(key: string, answer: Answer): Promise<Answer> {
    if (await this.documents.create(key, answer)) return answer;
    // What another relay has just stored may take a moment to be seen. Any other answer than that one would be a second one.
    for (let look = 0; look < MAX_LOOKS; look++) {
      const stored = await this.get(key);
      if (stored !== null) return stored;
      await pause(LOOK_EVERY_MS);
    }
    throw new AppError({ code: 'relay/store-unavailable', retryable: true });
  }
}

/** The key of a message's answer. */
export function answerKey(workspaceId: string, appid: string, dedupeKey: string): string {
  return `${appid}.${hash('sha256', `${workspaceId}\n${dedupeKey}`, 'base64url')}`;
}
