import type { Clock } from '#shared/domain/clock';
import { SealedBox } from '../secrets/sealed-box';
import { compareMasterKey } from '../state/key-check';
import { claimDataFolder } from '../store/sqlite/open-database';
import { restoreSnapshot, writeSnapshot } from '../store/sqlite/snapshot';
import { deviceTable, listDevices, revokeDevice } from './devices';
import { invite } from './invite';
import { findPresentKey, readRotationKeys, type EnvironmentKeys } from './keys';
import { withStore } from './open-store';
import type { BackupOptions, DevicesOptions, InviteOptions, RotateKeyOptions } from './options';
import { rotateKey } from './rotate-key';
import { SEALED_SECRETS } from './sealed-secrets';

/** What a command writes to: the standard output of its process. */
export type Print = (text: string) => void;

export async function runInvite(options: InviteOptions, clock: Clock, print: Print): Promise<void> {
  const code = await withStore(options, (store) => invite(store, clock, options.workspace));
  print(`Pairing code, for one device within 15 minutes: ${code}\n`);
}

export async function runDevices(options: DevicesOptions, print: Print): Promise<void> {
  const { revoke, workspace, json } = options;
  await withStore(options, async (store) => {
    if (revoke !== null) {
      await revokeDevice(store, revoke, workspace);
      print(json ? `${JSON.stringify({ revoked: revoke })}\n` : `${revoke} has no access any more.\n`);
      return;
    }
    const devices = await listDevices(store, workspace);
    print(json ? `${JSON.stringify({ devices })}\n` : deviceTable(devices));
  });
}

/** A relay that writes with the old key meanwhile would undo the work, so none may run on the data folder. */
export async function runRotateKey(
  options: RotateKeyOptions,
  environment: EnvironmentKeys,
  print: Print,
): Promise<void> {
  const release = options.store.kind === 'sqlite' ? claimDataFolder(options.dataDir) : () => undefined;
  try {
    const keys = readRotationKeys(options, environment);
    await withStore(options, async (store) => {
      const changed = await rotateKey(
        store,
        new SealedBox(keys.current),
        new SealedBox(keys.next),
        SEALED_SECRETS,
        ({ done, total }) => {
          print(`${String(done)} of ${String(total)} secrets looked at\n`);
        },
      );
      const replaced = keys.adopt();
      print(
        `${String(changed)} secrets were sealed with the new master key. None needs the old one any more.\n`,
      );
      print(
        replaced
          ? 'The new key is in master.key of the data folder.\n'
          : 'From now on give the relay the new key in the place of the old one.\n',
      );
      print('Keep the old key for as long as you keep backups that were made before.\n');
    });
  } finally {
    release();
  }
}

export function runBackup({ dataDir, file }: BackupOptions, print: Print): void {
  const bytes = writeSnapshot(dataDir, file);
  print(`${file}: ${(bytes / 1024 / 1024).toFixed(1)} MB\n`);
  print(
    'The master key is NOT inside. Keep it elsewhere: without it the secrets in this file cannot be opened.\n',
  );
}

export async function runRestore(
  options: BackupOptions,
  environment: EnvironmentKeys,
  clock: Clock,
  print: Print,
): Promise<void> {
  restoreSnapshot(options.file, options.dataDir, clock.now());
  print(`${options.dataDir} holds the backup now.\n`);
  print('What came in after the backup is not in it, unless a computer had fetched it before.\n');
  print('Computers that were removed after the backup have access again: look at devices.\n');
  const key = findPresentKey(options, environment);
  if (key === null) {
    print(
      'Put the master key of that time in its place before you start the relay: it is not in the backup.\n',
    );
    return;
  }
  await withStore(options, (store) => compareMasterKey(store, new SealedBox(key)));
  print('The master key fits.\n');
}
