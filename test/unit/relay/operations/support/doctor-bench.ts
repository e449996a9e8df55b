/** A relay behind a proxy with a certificate of its own, and the doctor that is asked about it. */
import { request, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { examine } from '#relay/operations/doctor/examine';
import { tell, type Told } from '#relay/operations/doctor/finding';
import { DOCTOR_LIMITS, type DoctorLimits } from '#relay/operations/doctor/limits';
import type { EnvironmentKeys } from '#relay/operations/keys';
import type { DoctorOptions } from '#relay/operations/options';
import { temporaryFolder } from '../../support/relay-harness';
import { RelayProcess } from '../../support/relay-process';
import { Authority, type Certificate } from '../certificates';

export const ENVIRONMENT: EnvironmentKeys & { readonly language: string } = {
  masterKey: undefined,
  newMasterKey: undefined,
  language: 'en_US.UTF-8',
};

export let folder: ReturnType<typeof temporaryFolder>;
export let data: string;
export let authority: Authority;
export let good: Certificate;
export let relay: RelayProcess;
let front: Server;
export let url: string;
export const closers: (() => void)[] = [];

/** Starts it for the tests of a file, and stops it after them. */
export function useDoctorBench(): void {
  beforeAll(async () => {
    folder = temporaryFolder();
    data = join(folder.path, 'data');
    authority = new Authority(folder.path);
    good = authority.issue('localhost');
    relay = await RelayProcess.serve(['--port', '0', '--data', data, '--public-url', 'https://localhost']);
    front = await listen(
      createHttps(
        good,
        passTo(() => relay.origin),
      ),
    );
    url = `https://localhost:${String(portOf(front))}`;
  }, 60_000);
  afterAll(async () => {
    front.close();
    await relay.kill('SIGKILL');
    folder.dispose();
  });
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;
export const listen = <T extends Server>(server: T): Promise<T> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
/** A server of this test, closed after it. Its origin. */
export const extra = async (server: Server, scheme: string, host = 'localhost'): Promise<string> => {
  await listen(server);
  closers.push(() => {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void).call(server);
    server.close();
  });
  return `${scheme}://${host}:${String(portOf(server))}`;
};

/** What a reverse proxy does. `change` may alter what comes back. */
export function passTo(
  origin: () => string,
  change: (body: string) => string = (body) => body,
): RequestListener {
  return (incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const passed = request(`${origin()}${path}`, { method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => {
        const { 'content-length': _length, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, rest).end(change(body));
      });
    });
    passed.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  };
}

export const optionsFor = (more: Partial<DoctorOptions> = {}): DoctorOptions => ({
  command: 'doctor',
  url,
  dataDir: null,
  store: { kind: 'sqlite' },
  probe: false,
  natsMonitoring: [],
  clockUrl: relay.origin,
  lang: 'en',
  json: false,
  ...more,
});

export const limitsFor = (more: Partial<DoctorLimits> = {}, address = url): DoctorLimits => ({
  ...DOCTOR_LIMITS,
  httpsPort: Number(new URL(address).port),
  httpPort: Number(new URL(relay.origin).port),
  trustedAuthorities: [authority.pem],
  ...more,
});

/** The finding of each check, by its name. */
export async function check(
  more: Partial<DoctorOptions> = {},
  limits: Partial<DoctorLimits> = {},
  environment: Partial<typeof ENVIRONMENT> = {},
): Promise<Record<string, Told>> {
  const options = optionsFor(more);
  const findings = await examine(options, { ...ENVIRONMENT, ...environment }, limitsFor(limits, options.url));
  return Object.fromEntries(
    findings.map((finding) => [finding.code.split('/')[0] ?? '', tell(finding, 'en')]),
  );
}

export const codes = (told: Record<string, Told>): string[] => Object.values(told).map(({ code }) => code);
