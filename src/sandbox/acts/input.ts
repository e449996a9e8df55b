import { isJsonObject, type JsonObject } from '../json';
import type { XmlInput } from '#wechat/callback/xml';
import type { PushNodes } from '../push/wire';

/** What a follower is told to do, and its details; everything has a believable default. */
export type ActInput = JsonObject & { readonly type: string };

/** An act that cannot be carried out; the message says what is wrong with it. */
export class BadAct extends Error {}

export function text(input: JsonObject, key: string, fallback = ''): string {
  const value = input[key];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new BadAct(`"${key}" must be text`);
}

export function number(input: JsonObject, key: string, fallback: number): number {
  const value = input[key];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new BadAct(`"${key}" must be a number`);
}

export function base64(input: JsonObject, key: string): Buffer | null {
  const value = text(input, key);
  return value === '' ? null : Buffer.from(value, 'base64');
}

/** Free nodes of a push, for types and events that have no builder of their own. */
export function nodesOf(input: JsonObject, key: string): PushNodes {
  const value = input[key];
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw new BadAct(`"${key}" must be an object of XML nodes`);
  return Object.fromEntries(Object.entries(value).map(([tag, node]) => [tag, toNode(node, tag)]));
}

function toNode(value: unknown, tag: string): XmlInput | readonly XmlInput[] {
  if (!/^[A-Za-z_][\w.-]*$/.test(tag)) throw new BadAct(`"${tag}" is no tag name`);
  if (Array.isArray(value)) return value.map((item) => toNode(item, tag) as XmlInput);
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, node]) => [name, toNode(node, name)]));
  }
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new BadAct(`"${tag}" must hold text, a number, nodes or a list`);
}
