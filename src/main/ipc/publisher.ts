import { topics } from '#shared/ipc/contract';
import type { TopicName } from '#shared/ipc/names';
import type { Logger } from '#shared/log';
import type { Publish } from '../services/ports';

export interface PublisherDeps {
  /** Hands one topic to every window. */
  readonly send: (topic: TopicName, payload: unknown) => void;
  readonly log: Logger;
}

/**
 * The one publisher: a payload goes out only as its schema describes it, so no extra key leaves main.
 * Never throws: a service must not fail because a page could not be told.
 */
export function createPublisher(deps: PublisherDeps): Publish {
  return (topic, payload) => {
    const parsed = topics[topic].safeParse(payload);
    if (!parsed.success) {
      deps.log.error('topic-payload-invalid', { topic, error: parsed.error });
      return;
    }
    deps.send(topic, parsed.data);
  };
}
