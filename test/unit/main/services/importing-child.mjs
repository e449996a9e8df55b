/** Imports followers in a process that the test kills; one line per stored step. */
import { register } from 'tsx/esm/api';

register();
const { openInlineDatabase } = await import('../../../../src/main/db/inline.ts');
const { createMemoryStore } = await import('../../../../src/main/secrets/memory.ts');
const { createHttpRelayApi } = await import('../../../../src/main/relay/http-relay-api.ts');
const { createTunnels } = await import('../../../../src/main/relay/tunnel.ts');
const { createWeChatClients } = await import('../../../../src/main/services/wechat-clients.ts');
const { runFollowerImport } = await import('../../../../src/main/services/follower-import.ts');
const { silentLogger } = await import('../../../../src/shared/log.ts');

const { folder, appid, secret, now } = JSON.parse(process.env.DESK);
const db = openInlineDatabase({ path: `${folder}/desk.db`, key: 'ab'.repeat(32) });
const secrets = createMemoryStore();
await secrets.set({ kind: 'app-secret', appid }, secret);
const clock = { now: () => now };
// The account's relay is not running: its token requests go directly, as on one computer they may.
const relay = createHttpRelayApi({ machine: clock, onServerDate: () => undefined });
const tunnels = createTunnels({ relay, log: silentLogger });
const clients = createWeChatClients({ db, secrets, clock, logger: silentLogger, tunnels });
await runFollowerImport(
  {
    db,
    clock,
    logger: silentLogger,
    wechatFor: clients.for,
    onProgress: (state) => process.stdout.write(`${state.phase} ${state.listed} ${state.detailed}\n`),
  },
  appid,
  new AbortController().signal,
);
