/** The process that makes the load: takes jobs from its parent, one after another, and answers each. */
import { deliver } from './deliver';
import type { Job } from './jobs';
import { WaitingDevices } from './waiting-devices';

let waiting: WaitingDevices | null = null;

async function run(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'deliver':
      return deliver(job);
    case 'wait':
      waiting = await WaitingDevices.open(job);
      return { open: waiting.count };
    case 'receipts':
      if (waiting === null) throw new Error('nobody waits');
      return waiting.receive(job);
  }
}

process.on('message', (job: Job) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
