/** Asks the keychain from a process of its own, whose environment the test decides. */
import { register } from 'tsx/esm/api';

register();
const { createKeytarStore } = await import('../../../../src/main/secrets/keytar.ts');
try {
  await createKeytarStore('OA Desk test').check();
  process.stdout.write(JSON.stringify({ ok: true }));
} catch (error) {
  process.stdout.write(JSON.stringify({ name: error.name, data: error.data }));
}
