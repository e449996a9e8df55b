/** The process that makes the load: takes jobs from its parent, one after another, and answers each. */
import { deliver } from './deliver';
import type { DeliverJob } from './jobs';

process.on('message', (job: DeliverJob) => {
  deliver(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
