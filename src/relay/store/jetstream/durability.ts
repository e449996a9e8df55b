import { isAtLeast } from './versions';

/** What one server says of itself, or why it could not be asked. */
export interface ServerDurability {
  /** The server's name, or its monitoring address when it did not answer. */
  readonly server: string;
  readonly version: string | null;
  /** Whether each write is synced to the disk before it is acknowledged; null when unknown. */
  readonly syncsAlways: boolean | null;
  /** Why acknowledged messages could be lost with this server; null when they cannot. */
  readonly problem: DurabilityProblem | null;
}

/**
 * `unreachable`: its monitoring address did not answer. `not-asked`: a server keeps a copy, but no monitoring address led to
 * it. `no-jetstream`: it keeps nothing. `too-old`: it cannot sync each write. `syncs-later`: it could, but is not set to.
 */
export type DurabilityProblem = 'unreachable' | 'not-asked' | 'no-jetstream' | 'too-old' | 'syncs-later';

export interface DurabilityReport {
  /** Whether a power cut of all servers at once would lose nothing that was acknowledged. */
  readonly durable: boolean;
  readonly servers: readonly ServerDurability[];
}

export interface DurabilityQuestion {
  /** HTTP addresses of the servers' monitoring ports (`http_port`, usually 8222). */
  readonly monitoring: readonly string[];
  /** Names of the servers that keep copies, when known; each has to be among those that answered. */
  readonly holders?: readonly string[] | undefined;
  /** Copies of everything; above 1 the servers' consensus log has to be synced as well. */
  readonly replicas: number;
}

const ASK_TIMEOUT_MS = 2_000;
/** `sync_interval: always` exists from here on. */
const FIRST_SYNCING = '2.10.0';
/** Before this one the setting did not reach the log by which servers agree, only the stream's own files. */
const FIRST_SYNCING_REPLICATED = '2.10.23';

/** The part of a server's `/varz` that is needed; `sync_always` is left out by the server when it is false. */
interface Varz {
  readonly server_name?: string;
  readonly version?: string;
  readonly jetstream?: { readonly config?: { readonly sync_always?: boolean } | null };
}

/** Asks every server by its monitoring address whether it syncs each write. Never rejects. */
export async function describeDurability(question: DurabilityQuestion): Promise<DurabilityReport> {
  const { monitoring, holders = [], replicas } = question;
  const asked = await Promise.all(monitoring.map((address) => ask(address, replicas)));
  const names = new Set(asked.map(({ server }) => server));
  const silent = holders.filter((holder) => !names.has(holder)).map(notAsked);
  const servers = [...asked, ...silent];
  return { durable: servers.length > 0 && servers.every(({ problem }) => problem === null), servers };
}

/** One sentence for each server, for logs and the terminal. */
export function durabilityLines({ servers }: DurabilityReport): readonly string[] {
  if (servers.length === 0) return ['No monitoring address was given, so no server could be asked.'];
  return servers.map(
    ({ server, version, problem }) => `${server} (${version ?? 'version unknown'}): ${sentence(problem)}`,
  );
}

function sentence(problem: DurabilityProblem | null): string {
  switch (problem) {
    case null:
      return 'syncs each write to its disk.';
    case 'unreachable':
      return 'its monitoring address did not answer.';
    case 'not-asked':
      return 'keeps a copy, but no monitoring address led to it.';
    case 'no-jetstream':
      return 'has JetStream turned off.';
    case 'too-old':
      return `cannot sync each write; ${FIRST_SYNCING_REPLICATED} or newer can.`;
    case 'syncs-later':
      return 'syncs only now and then; set "sync_interval: always" in its jetstream block.';
  }
}

async function ask(address: string, replicas: number): Promise<ServerDurability> {
  let varz: Varz;
  try {
    const answer = await fetch(new URL('/varz', address), { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    if (!answer.ok) throw new RangeError(`status ${answer.status}`);
    varz = (await answer.json()) as Varz;
  } catch {
    return { server: originOf(address), version: null, syncsAlways: null, problem: 'unreachable' };
  }
  return judge(varz, address, replicas);
}

function judge(varz: Varz, address: string, replicas: number): ServerDurability {
  const server = varz.server_name ?? originOf(address);
  const version = varz.version ?? null;
  const config = varz.jetstream?.config ?? null;
  const needed = replicas > 1 ? FIRST_SYNCING_REPLICATED : FIRST_SYNCING;
  const syncsAlways = config === null ? null : config.sync_always === true;
  return { server, version, syncsAlways, problem: problemOf() };

  function problemOf(): DurabilityProblem | null {
    if (config === null) return 'no-jetstream';
    if (version === null || !isAtLeast(version, needed)) return 'too-old';
    return syncsAlways === true ? null : 'syncs-later';
  }
}

function notAsked(server: string): ServerDurability {
  return { server, version: null, syncsAlways: null, problem: 'not-asked' };
}

/** Without user, password, path and query, which may be secret. */
function originOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return 'a monitoring address that is not a URL';
  }
}
