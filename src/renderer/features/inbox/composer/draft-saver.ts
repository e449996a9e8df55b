/**
 * Saves drafts while the user types: at most one save each `delay` milliseconds and conversation, the last word
 * always saved, also when the user goes to another conversation or closes the window in between.
 */
import type { Person } from '../../../app/navigation';
import { keyOf } from '../key';

interface DraftSaverDeps {
  readonly save: (key: Person, text: string) => Promise<unknown>;
  /** A save that was refused; the text is kept and saved again with the next change or flush. */
  readonly onError: (key: Person, error: unknown) => void;
  readonly delay: number;
}

interface Pending {
  readonly key: Person;
  readonly text: string;
  timer: ReturnType<typeof setTimeout> | null;
}

export class DraftSaver {
  readonly #deps: DraftSaverDeps;
  readonly #pending = new Map<string, Pending>();
  /** One save after the other for each conversation: an older text never lands on top of a newer one. */
  readonly #chains = new Map<string, Promise<void>>();

  constructor(deps: DraftSaverDeps) {
    this.#deps = deps;
  }

  changed(key: Person, text: string): void {
    const name = keyOf(key);
    const held = this.#pending.get(name);
    if (held?.timer) clearTimeout(held.timer);
    const timer = setTimeout(() => void this.flush(key), this.#deps.delay);
    this.#pending.set(name, { key, text, timer });
  }

  /** The text typed last and not saved yet; null when main has it all. */
  unsaved(key: Person): string | null {
    return this.#pending.get(keyOf(key))?.text ?? null;
  }

  /** Saves now what `key` has pending; resolves when main has it or refused it. */
  flush(key: Person): Promise<void> {
    const name = keyOf(key);
    const pending = this.#pending.get(name);
    const chain = this.#chains.get(name) ?? Promise.resolve();
    if (!pending) return chain;
    if (pending.timer) clearTimeout(pending.timer);
    pending.timer = null;
    const next = chain.then(() => this.#save(name, pending));
    this.#chains.set(name, next);
    return next;
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.#pending.values()].map((pending) => this.flush(pending.key)));
  }

  async #save(name: string, pending: Pending): Promise<void> {
    try {
      await this.#deps.save(pending.key, pending.text);
      if (this.#pending.get(name) === pending) this.#pending.delete(name);
    } catch (error) {
      this.#deps.onError(pending.key, error);
    }
  }
}
