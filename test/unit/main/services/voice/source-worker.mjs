// The voice thread from its source. A worker does not inherit the loader of the process that starts it.
import { register } from 'tsx/esm/api';

register();
await import('../../../../../src/main/services/voice/worker.ts');
