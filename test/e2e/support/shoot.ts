import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskApp } from './app';

/** Pictures of what is drawn go there when it is set. */
const PICTURES = process.env['OADESK_PICTURES'];

export async function shoot(app: DeskApp, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await app.page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
