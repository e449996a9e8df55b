/** Runs the database thread from its sources; the app runs the built one. */
import { register } from 'tsx/esm/api';

register();
await import('../../../src/main/db/worker/index.ts');
