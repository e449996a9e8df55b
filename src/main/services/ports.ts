/** What services are given by the composition root. */
import type { Payload } from '#shared/ipc/contract';
import type { TopicName } from '#shared/ipc/names';

/** Tells every page; the payload is checked against the topic's schema at the bridge. */
export type Publish = <T extends TopicName>(topic: T, payload: Payload<T>) => void;
