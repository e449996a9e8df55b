import type { EventContent } from '../message';
import type { NodeReader } from './xml-node';

/** Reads the nodes of one event; `name` is the spelling of the official pages, the key under which it is registered. */
export type EventConverter = (node: NodeReader) => EventContent;
export type EventConverters = Readonly<Record<string, EventConverter>>;
