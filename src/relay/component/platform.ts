import { AppError } from '#shared/app-error';
import { isEncodingAESKey } from '#wechat/callback/envelope';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { PLATFORM } from './collections';
import { SealedDocuments, type Sealed } from './sealed-documents';

/** What the operator copies from open.weixin.qq.com (第三方平台 → 开发资料). */
export interface PlatformCredentials {
  readonly componentAppid: string;
  /** 第三方平台 AppSecret */
  readonly secret: string;
  /** 消息校验Token */
  readonly token: string;
  /** 消息加解密Key, one for all authorizers. */
  readonly encodingAESKey: string;
}

/** What checks and opens pushes to the platform, its own and those of its authorizers. */
export interface PlatformKeys {
  /** The AppID inside every envelope. */
  readonly componentAppid: string;
  readonly token: string;
  readonly encodingAESKey: string;
  /** Also tried while pushes sealed before a change of key may still arrive. */
  readonly previousEncodingAESKey: string | null;
}

interface RetiredKey {
  readonly componentAppid: string;
  readonly encodingAESKey: string;
}

interface Plain {
  readonly componentAppid: string;
}

interface Secrets {
  readonly secret: string;
  readonly token: string;
  readonly encodingAESKey: string;
  /** Newest first. */
  readonly retired: readonly RetiredKey[];
}

interface Current extends PlatformKeys {
  readonly secret: string;
  /** Every key that stored pushes may be sealed with, the present one first. */
  readonly keyring: readonly RetiredKey[];
}

const DOCUMENT = 'platform';
/** Keys that are kept to open stored pushes: more changes than anybody makes while a push is kept. */
const MAX_RETIRED = 8;
/** Milliseconds for which a change made by another process may go unnoticed. */
const FRESH_MS = 2_000;

/**
 * Makes these the platform's credentials. A changed AES key leaves the one before usable for what was sealed with it.
 * Running relays notice within two seconds.
 * @throws AppError `relay/bad-platform`, whose parameter `field` names what does not have the form WeChat gives it
 */
export async function setPlatform(
  store: RelayStore,
  box: SealedBox,
  credentials: PlatformCredentials,
): Promise<void> {
  const { componentAppid, secret, token, encodingAESKey } = credentials;
  const checks: Readonly<Record<keyof PlatformCredentials, boolean>> = {
    componentAppid: /^wx[A-Za-z0-9]{8,32}$/.test(componentAppid),
    secret: /^[A-Za-z0-9]{16,64}$/.test(secret),
    token: /^[A-Za-z0-9]{3,32}$/.test(token),
    encodingAESKey: isEncodingAESKey(encodingAESKey),
  };
  const wrong = Object.entries(checks).find(([, right]) => !right);
  if (wrong !== undefined) throw new AppError({ code: 'relay/bad-platform', params: { field: wrong[0] } });
  await documentsOf(store, box).change(DOCUMENT, (present) => ({
    plain: { componentAppid },
    secret: { secret, token, encodingAESKey, retired: retire(present, encodingAESKey) },
  }));
}

/** From now on this relay has no platform; what was authorized is kept. Whether there was one. */
export function removePlatform(store: RelayStore, box: SealedBox): Promise<boolean> {
  return documentsOf(store, box).delete(DOCUMENT);
}

function retire(present: Sealed<Plain, Secrets> | null, next: string): readonly RetiredKey[] {
  if (present === null) return [];
  const { encodingAESKey, retired } = present.secret;
  const all = [{ componentAppid: present.plain.componentAppid, encodingAESKey }, ...retired];
  return all.filter((key) => key.encodingAESKey !== next).slice(0, MAX_RETIRED);
}

function documentsOf(store: RelayStore, box: SealedBox): SealedDocuments<Plain, Secrets> {
  return new SealedDocuments(store, box, PLATFORM);
}

/** The operator's third-party platform (第三方平台) as running relays use it. */
export class Platform {
  private readonly documents: SealedDocuments<Plain, Secrets>;
  private cached: { readonly value: Current | null; readonly until: number } | null = null;
  private flight: Promise<Current | null> | null = null;

  constructor(store: RelayStore, box: SealedBox) {
    this.documents = documentsOf(store, box);
  }

  /** Null when the operator has no platform. What was read lately also serves while the store does not answer. */
  keys(): Promise<PlatformKeys | null> {
    return this.current();
  }

  /** The component's AppID and secret. @throws AppError `relay/no-component` when the operator has no platform */
  async credentials(): Promise<{ readonly componentAppid: string; readonly componentSecret: string }> {
    const current = await this.current();
    if (current === null) throw new AppError({ code: 'relay/no-component' });
    return { componentAppid: current.componentAppid, componentSecret: current.secret };
  }

  /** Every key that a stored push may be sealed with, the present one first; empty without a platform. */
  async keyring(): Promise<readonly RetiredKey[]> {
    return (await this.current())?.keyring ?? [];
  }

  private async current(): Promise<Current | null> {
    const { cached } = this;
    if (cached !== null && cached.until > performance.now()) return cached.value;
    this.flight ??= this.read().finally(() => {
      this.flight = null;
    });
    try {
      return await this.flight;
    } catch (error) {
      const unavailable = error instanceof AppError && error.code === 'relay/store-unavailable';
      if (cached !== null && unavailable) return cached.value;
      throw error;
    }
  }

  private async read(): Promise<Current | null> {
    const stored = await this.documents.get(DOCUMENT);
    const value = stored === null ? null : toCurrent(stored);
    this.cached = { value, until: performance.now() + FRESH_MS };
    return value;
  }
}

function toCurrent({ plain: { componentAppid }, secret: stored }: Sealed<Plain, Secrets>): Current {
  const { secret, token, encodingAESKey, retired } = stored;
  const previous = retired.find((key) => key.componentAppid === componentAppid);
  return {
    componentAppid,
    secret,
    token,
    encodingAESKey,
    previousEncodingAESKey: previous?.encodingAESKey ?? null,
    keyring: [{ componentAppid, encodingAESKey }, ...retired],
  };
}
