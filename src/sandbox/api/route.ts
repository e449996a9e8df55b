import { isJsonObject, type JsonObject } from '../json';
import type { Component } from '../component/component';
import type { Account } from '../state/account';
import type { QuotaBook } from '../state/quotas';
import type { World } from '../state/world';
import type { Capability } from './capabilities';
import { fail } from './errors';

/** One call as a handler sees it. */
export interface OpenCall {
  readonly world: World;
  readonly now: number;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly rawBody: Buffer;
  readonly clientIp: string;
  /** Tells the journal whose call this is, as soon as it is known. */
  readonly owner: { appid: string | null };
}

export interface AccountCall extends OpenCall {
  readonly account: Account;
}

/** A call of a third-party platform in its own name. */
export interface PlatformCall extends OpenCall {
  readonly component: Component;
}

/** A call of an account or of a platform about its own use of the API. */
export interface OwnerCall extends OpenCall {
  readonly caller: { readonly appid: string; readonly quotas: QuotaBook };
}

/** A file instead of JSON. */
export class BinaryAnswer {
  constructor(
    readonly bytes: Buffer,
    readonly contentType: string,
    readonly filename: string,
  ) {}
}

export type Method = 'GET' | 'POST';

interface RouteBase {
  readonly path: string;
  readonly method: Method;
}

/** An API that proves the caller by itself: tokens, quota reset by secret. */
export interface OpenRoute extends RouteBase {
  readonly auth: 'none';
  readonly handle: (call: OpenCall) => unknown;
}

/** An API behind an access_token. */
export interface AccountRoute extends RouteBase {
  readonly auth: 'token';
  readonly needs: Capability;
  readonly handle: (call: AccountCall) => unknown;
}

/** An API behind a component_access_token. */
export interface PlatformRoute extends RouteBase {
  readonly auth: 'component';
  readonly handle: (call: PlatformCall) => unknown;
}

/** An API behind an access_token of an account or of a platform. */
export interface OwnerRoute extends RouteBase {
  readonly auth: 'owner';
  readonly handle: (call: OwnerCall) => unknown;
}

export type ApiRoute = OpenRoute | AccountRoute | PlatformRoute | OwnerRoute;

export const OK: JsonObject = { errcode: 0, errmsg: 'ok' };

/** The JSON object of the body: 44002 when it is empty, 47001 when it is anything else. */
export function jsonBody(call: OpenCall): JsonObject {
  const text = call.rawBody
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') fail(44002);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    fail(47001);
  }
  return isJsonObject(value) ? value : fail(47001);
}

/** A text member; '' when absent. A number counts as its digits, as WeChat takes it. */
export function textOf(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** A whole number given as number or digits; null otherwise. */
export function integerOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : null;
}

/** A list of texts; null when it is no list or holds anything else. */
export function textList(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
}
