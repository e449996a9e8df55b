import { AppError } from '#shared/app-error';
import type { Account } from '#shared/ipc/models';
import type { AccountRequest } from '#shared/relay/protocol';
import type { SecretStore } from '../secrets/port';

/**
 * What the relay is told of an account in this mode: the Token in each, the AES key in assisted mode only.
 * @throws AppError `account/secret-missing`, `account/component-mode`
 */
export async function registrationOf(
  secrets: SecretStore,
  appid: string,
  mode: Account['relayMode'],
): Promise<AccountRequest> {
  if (mode === 'component') throw new AppError({ code: 'account/component-mode' });
  const token = await secrets.get({ kind: 'callback-token', appid });
  if (token === null) throw new AppError({ code: 'account/secret-missing' });
  if (mode === 'sealed') return { mode, token };
  const [encodingAESKey, previousEncodingAESKey] = await Promise.all([
    secrets.get({ kind: 'encoding-aes-key', appid }),
    secrets.get({ kind: 'previous-aes-key', appid }),
  ]);
  if (encodingAESKey === null) throw new AppError({ code: 'account/secret-missing' });
  return { mode, token, encodingAESKey, ...(previousEncodingAESKey !== null && { previousEncodingAESKey }) };
}
