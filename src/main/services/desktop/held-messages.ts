import type { NoticeDeps } from './notice-deps';
import { say, type Phrase } from './words';

/** Messages that are told in one sentence. */
export interface Held {
  /** Counts messages of one person. */
  add(key: string, messages: number): void;
  /** Shows what was counted in one notification, unless that is nothing. */
  show(silent: boolean): void;
  /** As `show`, and what comes after begins anew. */
  tell(silent: boolean): void;
  /** Begins anew and takes the notification away. */
  clear(): void;
}

/** One notification that stands for many messages; clicking it leads to those that need a reply. */
export function heldMessages(
  deps: Pick<NoticeDeps, 'notifier' | 'state' | 'locale'>,
  id: string,
  titles: { readonly one: Phrase; readonly many: Phrase },
): Held {
  const people = new Set<string>();
  let count = 0;
  let shown = false;

  function forget(): void {
    people.clear();
    count = 0;
  }
  const held: Held = {
    add(key, messages) {
      people.add(key);
      count += messages;
    },
    show(silent) {
      if (count === 0) return;
      const locale = deps.locale();
      shown = true;
      deps.notifier.show({
        id,
        title: say(count === 1 ? titles.one : titles.many, locale, { count }),
        body: say(people.size === 1 ? 'manyBodyOne' : 'manyBody', locale, { people: people.size }),
        silent,
        onClick() {
          held.clear();
          deps.state.open({ kind: 'needs-reply' });
        },
      });
    },
    tell(silent) {
      held.show(silent);
      forget();
    },
    clear() {
      forget();
      if (shown) deps.notifier.close(id);
      shown = false;
    },
  };
  return held;
}
