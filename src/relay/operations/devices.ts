import { AppError } from '#shared/app-error';
import { Devices, type DeviceRecord } from '../state/devices';
import { Workspaces } from '../state/workspaces';
import type { RelayStore } from '../store/port';
import { UsageError } from './option-values';

export interface ListedDevice extends DeviceRecord {
  readonly workspace: string;
  /** Items it has not acknowledged; counted up to 10,000. */
  readonly unread: number;
}

/** The paired devices of one workspace, or of all of them, by workspace and time of pairing. @throws UsageError */
export async function listDevices(
  store: RelayStore,
  workspaceName: string | null,
): Promise<readonly ListedDevice[]> {
  const devices = new Devices(store);
  const workspaces = await chosen(store, workspaceName);
  const lists = workspaces.map(async ({ id, name }) => {
    const records = await devices.list(id);
    return Promise.all(
      records.map(async (record) => {
        const { count } = await store.log.backlog(id, record.acked);
        return { ...record, workspace: name, unread: count };
      }),
    );
  });
  return (await Promise.all(lists)).flat();
}

/**
 * Takes the access of one device away, in whichever workspace it is.
 * @throws AppError `relay/unknown-device`
 */
export async function revokeDevice(
  store: RelayStore,
  deviceId: string,
  workspaceName: string | null,
): Promise<void> {
  const devices = new Devices(store);
  for (const { id } of await chosen(store, workspaceName)) if (await devices.revoke(id, deviceId)) return;
  throw new AppError({ code: 'relay/unknown-device' });
}

/** One device a line, with a heading. */
export function deviceTable(devices: readonly ListedDevice[]): string {
  if (devices.length === 0) return 'No computer is paired. The command invite prints a pairing code.\n';
  const rows = devices.map(({ id, workspace, name, pairedAt, lastSeenAt, unread }) => [
    id,
    printable(workspace),
    printable(name),
    timeOf(pairedAt),
    lastSeenAt === null ? 'never' : timeOf(lastSeenAt),
    unread >= 10_000 ? '10000+' : String(unread),
  ]);
  const table = [['ID', 'WORKSPACE', 'NAME', 'PAIRED (UTC)', 'LAST SEEN (UTC)', 'UNREAD'], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => width(row[column] ?? ''))),
  );
  return table
    .map((row) =>
      row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

async function chosen(
  store: RelayStore,
  workspaceName: string | null,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const all = await new Workspaces(store).all();
  if (workspaceName === null) return all;
  const found = all.filter(({ name }) => name === workspaceName);
  if (found.length === 0) throw new UsageError(`There is no workspace "${workspaceName}".`);
  return found;
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

/** A device names itself: its name must not move the cursor of the operator's terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

/** Columns on a terminal: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
}
