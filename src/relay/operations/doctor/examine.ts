import { SealedBox } from '../../secrets/sealed-box';
import { Accounts } from '../../state/accounts';
import { Workspaces } from '../../state/workspaces';
import type { RelayStore } from '../../store/port';
import type { EnvironmentKeys } from '../keys';
import { withStore } from '../open-store';
import type { DoctorOptions } from '../options';
import type { Finding } from './finding';
import { checkCluster, checkDisk, checkFolder, checkKey, checkStore, readKey } from './folder-checks';
import type { DoctorLimits } from './limits';
import { checkCertificate, checkName, checkPorts, hostOf } from './network-checks';
import { probe } from './probe';
import {
  checkClock,
  checkHealth,
  checkPush,
  checkVerification,
  judgeSpeed,
  type KnownAccount,
} from './relay-checks';
import { checkTunnel } from './tunnel-check';

/** Everything that can be said about a relay from here. A check that an earlier fault makes pointless is left out. */
export async function examine(
  options: DoctorOptions,
  environment: EnvironmentKeys,
  limits: DoctorLimits,
): Promise<readonly Finding[]> {
  const { dataDir } = options;
  if (dataDir === null) return examineOutside(options, limits, null);
  const local = { ...options, dataDir };
  if (options.store.kind === 'nats')
    return examineWith(local, environment, limits, [await checkCluster(options)]);
  const folder = checkFolder(dataDir);
  if (folder.code === 'folder/missing') return [...(await examineOutside(options, limits, null)), folder];
  const store = checkStore(dataDir);
  const findings = [folder, store.finding, checkDisk(dataDir, limits)];
  if (!store.usable) return [...(await examineOutside(options, limits, null)), ...findings];
  return examineWith(local, environment, limits, findings);
}

/** With the key, and through the store when the key fits it. */
async function examineWith(
  options: DoctorOptions & { readonly dataDir: string },
  environment: EnvironmentKeys,
  limits: DoctorLimits,
  local: readonly Finding[],
): Promise<readonly Finding[]> {
  const key = readKey(options, environment);
  if ('finding' in key) return [...(await examineOutside(options, limits, null)), ...local, key.finding];
  return withStore(options, async (store) => {
    const box = new SealedBox(key.key);
    const checked = await checkKey(store, box);
    const fits = checked.code === 'key/ok';
    const outside = await examineOutside(options, limits, fits ? { store, box } : null);
    return [...outside, ...local, checked];
  });
}

interface Inside {
  readonly store: RelayStore;
  readonly box: SealedBox;
}

async function examineOutside(
  { url, clockUrl, probe: wantsProbe }: DoctorOptions,
  limits: DoctorLimits,
  inside: Inside | null,
): Promise<readonly Finding[]> {
  const address = new URL(url);
  const name = await checkName(hostOf(address));
  if (name.code === 'dns/unknown-name') return [name];
  const ports = await checkPorts(address, limits);
  const findings = [name, ...ports];
  if (ports.some(({ code }) => code === 'port/refused' || code === 'port/silent')) return findings;
  const certificate = await checkCertificate(address, limits, Date.now() / 1000);
  findings.push(certificate);
  if (certificate.code === 'certificate/no-tls') return findings;
  const health = await checkHealth(url, limits);
  findings.push(health.finding);
  if (health.answer === null) return findings;
  const account = inside === null ? null : await anyAccount(inside);
  findings.push(await checkVerification(url, account, inside !== null, limits));
  const push = await checkPush(url, account, limits);
  findings.push(push.finding);
  if (wantsProbe && inside !== null) {
    findings.push(await probe(url, inside.store, inside.box, limits));
    findings.push(await checkTunnel(url, inside.store, limits));
  }
  if (push.slowestMs !== null) findings.push(judgeSpeed(push.slowestMs, limits));
  findings.push(await checkClock(url, clockUrl, limits));
  return findings;
}

/** The first account there is, with its Token. */
async function anyAccount({ store, box }: Inside): Promise<KnownAccount | null> {
  const accounts = new Accounts(store, box);
  for (const workspaceId of await new Workspaces(store).list()) {
    const [record] = await accounts.list(workspaceId);
    const account = record === undefined ? null : await accounts.findByKey(record.key);
    if (account !== null) return account;
  }
  return null;
}
