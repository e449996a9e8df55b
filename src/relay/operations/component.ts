import { AppError } from '#shared/app-error';
import { Platform, removePlatform, setPlatform } from '../component/platform';
import { SealedBox } from '../secrets/sealed-box';
import { compareMasterKey } from '../state/key-check';
import type { Print } from './commands';
import { findPresentKey, type EnvironmentKeys } from './keys';
import { withStore } from './open-store';
import type { ComponentOptions } from './options';

/**
 * Shows, sets or removes the operator's third-party platform. `input` is what `set` was given: AppID, AppSecret, Token and
 * AES key, a line each. Nothing secret is printed.
 * @throws AppError `relay/bad-platform`, `relay/bad-master-key` when the relay has none yet, `relay/wrong-master-key`
 */
export async function runComponent(
  options: ComponentOptions,
  environment: EnvironmentKeys,
  input: string,
  print: Print,
): Promise<void> {
  const key = findPresentKey(options, environment);
  if (key === null) throw new AppError({ code: 'relay/no-master-key' });
  const box = new SealedBox(key);
  await withStore(options, async (store) => {
    await compareMasterKey(store, box);
    if (options.action === 'set') await setPlatform(store, box, credentialsOf(input));
    if (options.action === 'remove') await removePlatform(store, box);
    const keys = await new Platform(store, box).keys();
    print(
      keys === null
        ? 'This relay has no platform.\n'
        : `The platform of this relay is ${keys.componentAppid}.\n`,
    );
  });
}

function credentialsOf(input: string) {
  const [componentAppid = '', secret = '', token = '', encodingAESKey = ''] = input
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { componentAppid, secret, token, encodingAESKey };
}
