import { z } from 'zod';
import { AppError } from '#shared/app-error';
import type { Account } from '#shared/ipc/models';

const typeInfo = z.object({ id: z.coerce.number().int() });
/** `authorizer_info` as far as it decides what an account is (auth-component §4). */
const authorizerInfo = z.object({
  nick_name: z.string().default(''),
  user_name: z.string().optional(),
  service_type_info: typeInfo.optional(),
  verify_type_info: typeInfo.optional(),
  principal_name: z.string().default(''),
});

export interface AuthorizerProfile {
  readonly name: string;
  readonly originalId: string | null;
  readonly kind: Account['kind'];
  readonly verified: boolean;
  readonly region: Account['region'];
}

/** Marks of other products of WeChat that authorize in the same way. */
const OTHER_PRODUCTS = [
  'MiniProgramInfo',
  'channels_info',
  'store_info',
  'talent_info',
  'supplier_info',
] as const;
/** 0 and 1 subscription account, 2 service account. */
const KINDS: Readonly<Record<number, Account['kind']>> = {
  0: 'subscription',
  1: 'subscription',
  2: 'service',
};
/** Verified by WeChat, or qualification passed before naming: enough for API rights. Weibo (1, 2) is not. */
const VERIFIED_TYPES: ReadonlySet<number> = new Set([0, 3, 4, 5]);
const HAN = /\p{Script=Han}/u;

/**
 * What WeChat says of an authorized account. It does not tell where an account is registered: a holder without a Chinese
 * character in its name is taken for a foreign one.
 * @throws AppError `relay/not-official-account`; `account/unsupported-kind` for an enterprise account and other kinds;
 *   `relay/protocol` when it is no description
 */
export function readProfile(info: Readonly<Record<string, unknown>>): AuthorizerProfile {
  if (info['MiniProgramInfo'] !== undefined) throw new AppError({ code: 'relay/not-official-account' });
  if (OTHER_PRODUCTS.some((mark) => info[mark] !== undefined))
    throw new AppError({ code: 'account/unsupported-kind' });
  const parsed = authorizerInfo.safeParse(info);
  if (!parsed.success) throw new AppError({ code: 'relay/protocol' });
  const { nick_name, user_name, service_type_info, verify_type_info, principal_name } = parsed.data;
  const kind = service_type_info === undefined ? undefined : KINDS[service_type_info.id];
  if (kind === undefined) throw new AppError({ code: 'account/unsupported-kind' });
  return {
    name: nick_name.slice(0, 40) || (user_name ?? '—'),
    originalId: user_name ?? null,
    kind,
    verified: verify_type_info !== undefined && VERIFIED_TYPES.has(verify_type_info.id),
    region: principal_name !== '' && !HAN.test(principal_name) ? 'overseas' : 'mainland',
  };
}
