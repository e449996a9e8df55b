/**
 * A relay's store in a process of its own, to be killed: `appender SERVERS SPOOL WORKSPACE FIRST`. Appends numbered items from
 * FIRST on and prints the number of each that was acknowledged.
 */
import { JetStreamStore } from '#relay/store/jetstream/jetstream-store';
import { silentLogger } from '#shared/log';
import { item } from './contract-items';

const [servers = '', spoolDir = '', workspace = '', first = '0'] = process.argv.slice(2);
const IN_FLIGHT = 8;

const store = await JetStreamStore.open({
  servers: servers.split(','),
  spoolDir,
  ackTimeoutMs: 300,
  durable: false,
  log: silentLogger,
});
let next = Number(first);
await Promise.all(
  Array.from({ length: IN_FLIGHT }, async () => {
    for (;;) {
      const number = next;
      next += 1;
      await store.log.append(item(workspace, String(number).padStart(7, '0')));
      process.stdout.write(`${number}\n`);
    }
  }),
);
