import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { RelayLimits } from '../deps';
import {
  httpOriginOf,
  ipAddressOf,
  pathOf,
  portOf,
  storeOf,
  UsageError,
  workspaceNameOf,
  type StoreChoice,
} from './option-values';
import { retentionOf } from './retention-options';

/** Where the relay keeps its data unless told otherwise. */
const DEFAULT_DATA = join(homedir(), '.oa-desk-relay');
const DEFAULT_PORT = 8787;
const DEFAULT_CLOCK_URL = 'https://api.weixin.qq.com/';

/** Where the state is and what opens it. */
export interface StateOptions {
  readonly dataDir: string;
  readonly store: StoreChoice;
  readonly natsCreds?: string;
  readonly keyFile?: string;
}

export interface ServeOptions extends StateOptions {
  readonly command: 'serve';
  readonly port: number;
  readonly host: string;
  readonly exitWithStdin: boolean;
  /** With NATS: refuse to run unless every server is known to sync each write. */
  readonly durable: boolean;
  /** Monitoring addresses of the NATS servers, by which `durable` is checked. */
  readonly natsMonitoring: readonly string[];
  readonly egressAddresses: readonly string[];
  readonly publicUrl?: string;
  readonly wechatOrigin?: string;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly tunnel?: { readonly port: number; readonly host: string; readonly url?: string };
  /** How long messages are kept, where the operator says so. */
  readonly limits: Partial<RelayLimits>;
}

export interface InviteOptions extends StateOptions {
  readonly command: 'invite';
  readonly workspace: string | null;
}

export interface DevicesOptions extends StateOptions {
  readonly command: 'devices';
  /** The device to revoke; null lists them. */
  readonly revoke: string | null;
  /** Null: those of every workspace. */
  readonly workspace: string | null;
  readonly json: boolean;
}

export interface DoctorOptions extends Omit<StateOptions, 'dataDir'> {
  readonly command: 'doctor';
  readonly url: string;
  /** Null when the relay is on another machine. */
  readonly dataDir: string | null;
  readonly probe: boolean;
  /** Monitoring addresses of the NATS servers, by which their durability is checked. */
  readonly natsMonitoring: readonly string[];
  readonly clockUrl: string;
  readonly lang: 'zh' | 'en' | null;
  readonly json: boolean;
}

export interface BackupOptions extends StateOptions {
  readonly command: 'backup' | 'restore';
  readonly file: string;
}

export interface RotateKeyOptions extends StateOptions {
  readonly command: 'rotate-key';
  readonly newKeyFile?: string;
}

/** The operator's third-party platform: `set` reads its credentials from the standard input. */
export interface ComponentOptions extends StateOptions {
  readonly command: 'component';
  readonly action: 'show' | 'set' | 'remove';
}

export type Options =
  | ServeOptions
  | ComponentOptions
  | InviteOptions
  | DevicesOptions
  | DoctorOptions
  | BackupOptions
  | RotateKeyOptions
  | { readonly command: 'help' };

const STATE = ['data', 'store', 'nats-creds', 'key-file'] as const;

/** The options that each command knows. */
const KNOWN: Readonly<Record<Exclude<Options['command'], 'help'>, readonly string[]>> = {
  serve: [
    ...STATE,
    ...['port', 'host', 'public-url', 'wechat-origin', 'tls-cert', 'tls-key', 'egress-address', 'durable'],
    ...['nats-monitoring', 'tunnel-port', 'tunnel-host', 'tunnel-url', 'exit-with-stdin'],
    ...['keep-days', 'keep-unread-days', 'max-storage'],
  ],
  invite: [...STATE, 'workspace'],
  component: [...STATE],
  devices: [...STATE, 'workspace', 'json'],
  doctor: [...STATE, 'nats-monitoring', 'url', 'probe', 'clock-url', 'lang', 'json'],
  backup: ['data'],
  restore: ['data', 'key-file'],
  'rotate-key': [...STATE, 'new-key-file'],
};

/** The command line as data; nothing is opened or checked on disk. @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  if (values.help === true || positionals[0] === 'help') return { command: 'help' };
  const [command, operands] = commandOf(positionals);
  const stray = Object.keys(values).find((name) => !KNOWN[command].includes(name));
  if (stray !== undefined) throw new UsageError(`The command ${command} has no option --${stray}.`);
  switch (command) {
    case 'serve':
      none(command, operands);
      return serveOptions(values);
    case 'invite':
      none(command, operands);
      return {
        command,
        ...stateOptions(values),
        workspace: workspaceOf(values),
      };
    case 'component':
      return { command, ...stateOptions(values), action: componentAction(operands) };
    case 'devices':
      return {
        command,
        ...stateOptions(values),
        revoke: revokedDevice(operands),
        workspace: workspaceOf(values),
        json: values.json === true,
      };
    case 'doctor':
      none(command, operands);
      return doctorOptions(values);
    case 'backup':
    case 'restore': {
      const [file, ...rest] = operands;
      if (file === undefined || rest.length > 0)
        throw new UsageError(`${command} takes the name of one file.`);
      return { command, ...stateOptions(values), file: pathOf(command, file) };
    }
    case 'rotate-key':
      none(command, operands);
      return {
        command,
        ...stateOptions(values),
        ...optional('newKeyFile', values['new-key-file'], (text) => pathOf('--new-key-file', text)),
      };
  }
}

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'clock-url': { type: 'string' },
        data: { type: 'string' },
        durable: { type: 'boolean' },
        'egress-address': { type: 'string', multiple: true },
        'exit-with-stdin': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        host: { type: 'string' },
        json: { type: 'boolean' },
        'keep-days': { type: 'string' },
        'keep-unread-days': { type: 'string' },
        'key-file': { type: 'string' },
        lang: { type: 'string' },
        'max-storage': { type: 'string' },
        'nats-creds': { type: 'string' },
        'nats-monitoring': { type: 'string', multiple: true },
        'new-key-file': { type: 'string' },
        port: { type: 'string' },
        probe: { type: 'boolean' },
        'public-url': { type: 'string' },
        store: { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'tunnel-host': { type: 'string' },
        'tunnel-port': { type: 'string' },
        'tunnel-url': { type: 'string' },
        url: { type: 'string' },
        'wechat-origin': { type: 'string' },
        workspace: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}

function commandOf(positionals: readonly string[]): [keyof typeof KNOWN, readonly string[]] {
  const [first = 'serve', ...rest] = positionals;
  if (!isCommand(first)) throw new UsageError(`There is no command "${positionals.join(' ')}".`);
  return [first, rest];
}

function isCommand(text: string): text is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, text);
}

function none(command: string, operands: readonly string[]): void {
  if (operands.length > 0) throw new UsageError(`${command} does not take "${operands.join(' ')}".`);
}

function stateOptions(values: Values): StateOptions {
  return {
    dataDir: resolve(values.data ?? DEFAULT_DATA),
    store: storeOf(values.store ?? 'sqlite'),
    ...optional('natsCreds', values['nats-creds'], (text) => pathOf('--nats-creds', text)),
    ...optional('keyFile', values['key-file'], (text) => pathOf('--key-file', text)),
  };
}

function serveOptions(values: Values): ServeOptions {
  const host = values.host ?? '127.0.0.1';
  const { 'tls-cert': cert, 'tls-key': key } = values;
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--tls-cert and --tls-key belong together.');
  if (values.durable === true && values['nats-monitoring'] === undefined)
    throw new UsageError(
      '--durable asks each NATS server how it syncs: name them with --nats-monitoring http://host:8222',
    );
  return {
    command: 'serve',
    ...stateOptions(values),
    port: values.port === undefined ? DEFAULT_PORT : portOf('--port', values.port),
    host,
    exitWithStdin: values['exit-with-stdin'] === true,
    durable: values.durable === true,
    natsMonitoring: monitoringOf(values),
    egressAddresses: (values['egress-address'] ?? []).map((text) => ipAddressOf('--egress-address', text)),
    ...optional('publicUrl', values['public-url'], (text) => httpOriginOf('--public-url', text)),
    ...optional('wechatOrigin', values['wechat-origin'], (text) => httpOriginOf('--wechat-origin', text)),
    ...(cert === undefined || key === undefined
      ? {}
      : { tls: { certFile: pathOf('--tls-cert', cert), keyFile: pathOf('--tls-key', key) } }),
    ...tunnelOptions(values, host),
    limits: retentionOf(values),
  };
}

function tunnelOptions(values: Values, host: string): Pick<ServeOptions, 'tunnel'> {
  const { 'tunnel-port': port, 'tunnel-host': tunnelHost, 'tunnel-url': url } = values;
  if (port === undefined) {
    if (tunnelHost !== undefined || url !== undefined)
      throw new UsageError('--tunnel-host and --tunnel-url need --tunnel-port.');
    return {};
  }
  return {
    tunnel: {
      port: portOf('--tunnel-port', port),
      host: tunnelHost ?? host,
      ...optional('url', url, (text) => httpOriginOf('--tunnel-url', text)),
    },
  };
}

function monitoringOf({ 'nats-monitoring': given = [] }: Values): readonly string[] {
  return given.map((text) => httpOriginOf('--nats-monitoring', text));
}

function workspaceOf({ workspace }: Values): string | null {
  return workspace === undefined ? null : workspaceNameOf(workspace);
}

function componentAction([action = 'show', ...rest]: readonly string[]): ComponentOptions['action'] {
  if ((action === 'show' || action === 'set' || action === 'remove') && rest.length === 0) return action;
  throw new UsageError('component takes nothing, or one of: show, set, remove.');
}

function revokedDevice(operands: readonly string[]): string | null {
  const [action = 'list', id, ...rest] = operands;
  if (action === 'list' && id === undefined) return null;
  if (action === 'revoke' && id !== undefined && rest.length === 0) {
    if (/^[A-Za-z0-9]{1,32}$/.test(id)) return id;
    throw new UsageError(`"${id}" is not the ID of a device. The command devices lists them.`);
  }
  throw new UsageError('devices takes nothing, or: revoke ID');
}

function doctorOptions(values: Values): DoctorOptions {
  const { url, lang, data } = values;
  if (url === undefined)
    throw new UsageError('doctor needs the address of the relay: --url https://relay.example.com');
  if (lang !== undefined && lang !== 'zh' && lang !== 'en') throw new UsageError('--lang takes zh or en.');
  const remote = data === undefined && values.store === undefined;
  if (remote && (values.probe === true || values['key-file'] !== undefined))
    throw new UsageError('--probe and --key-file need --data: they work on the machine of the relay only.');
  const { dataDir, ...state } = stateOptions(values);
  return {
    command: 'doctor',
    ...state,
    url: httpOriginOf('--url', url),
    dataDir: remote ? null : dataDir,
    probe: values.probe === true,
    natsMonitoring: monitoringOf(values),
    clockUrl: httpOriginOf('--clock-url', values['clock-url'] ?? DEFAULT_CLOCK_URL),
    lang: lang ?? null,
    json: values.json === true,
  };
}

/** `{ [name]: read(text) }`, or nothing when the option was not given. */
function optional<Name extends string, T>(
  name: Name,
  text: string | undefined,
  read: (text: string) => T,
): { readonly [K in Name]?: T } {
  return text === undefined ? {} : ({ [name]: read(text) } as { readonly [K in Name]: T });
}
