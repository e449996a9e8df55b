import { AppError } from '#shared/app-error';
import type { Database } from '../db/port/database';
import type { RelayLink } from '../relay/port';
import type { SecretStore } from '../secrets/port';

/** The pairing with this id, with its token from the keychain; null when either of them is gone. */
export async function storedLink(
  { db, secrets }: { readonly db: Pick<Database, 'accounts'>; readonly secrets: SecretStore },
  linkId: string | null,
): Promise<RelayLink | null> {
  const known = (await db.accounts.links()).find((link) => link.id === linkId);
  if (!known) return null;
  const deviceToken = await secrets.get({ kind: 'relay-device-token', linkId: known.id });
  return deviceToken === null ? null : { url: known.url, deviceToken };
}

/**
 * The pairing of an account that is bound now; null for an account without a relay.
 * @throws AppError relay/unauthorized when there was one and only pairing again helps
 */
export async function linkOfAccount(
  from: { readonly db: Database; readonly secrets: SecretStore },
  appid: string,
): Promise<RelayLink | null> {
  const linkId = (await from.db.accounts.get(appid))?.linkId ?? null;
  if (linkId === null) return null;
  const link = await storedLink(from, linkId);
  if (link === null) throw new AppError({ code: 'relay/unauthorized' });
  return link;
}
