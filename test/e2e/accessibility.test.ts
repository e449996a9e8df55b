import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstRunPage } from './pages/first-run';
import { InboxPage } from './pages/inbox';
import { Shell, type ScreenName } from './pages/shell';
import { startApp, type DeskApp } from './support/app';
import { call } from './support/account';
import { temporaryFolder, until } from './support/runtime';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENS: readonly ScreenName[] = ['followers', 'reports', 'accounts', 'help', 'settings'];
const THEMES = ['light', 'dark'] as const;
const data = temporaryFolder('accessibility');
let app: DeskApp;

beforeAll(async () => {
  app = await startApp({ userData: data.path });
  await new FirstRunPage(app.page).tryDemo.click();
  await new InboxPage(app.page).rows.first().waitFor({ timeout: 100_000 });
});
afterAll(async () => {
  await app.close();
  data.remove();
});

/** What hinders people seriously, as `rule: element`; an empty list is a pass. */
async function hindrances(): Promise<string[]> {
  await app.page.evaluate(AXE);
  const { violations } = await app.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

describe.each(THEMES)('in the %s theme', (theme) => {
  beforeAll(async () => {
    await call(app, 'settings.update', { theme });
    await app.page.locator(`:root[data-theme="${theme}"]`).waitFor();
  });

  it('hinders nobody in the inbox with an open conversation', async () => {
    await new Shell(app.page).open('inbox');
    const inbox = new InboxPage(app.page);
    await until('conversations', async () => (await inbox.rows.count()) > 2);
    await inbox.rows.nth(1).click();
    await inbox.bubbles.first().waitFor();
    await inbox.profile.waitFor();
    expect(await hindrances()).toEqual([]);
  });

  it.each(SCREENS)('hinders nobody on the screen %s', async (screen) => {
    await new Shell(app.page).open(screen);
    await app.page.locator('main h1, main h2, main [role="table"], main [role="grid"]').first().waitFor();
    expect(await hindrances()).toEqual([]);
  });

  it('hinders nobody in the sheet of keys and the palette', async () => {
    await app.page.keyboard.press('Shift+?');
    await app.page.getByRole('dialog').first().waitFor();
    expect(await hindrances()).toEqual([]);
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+k');
    await app.page.getByRole('dialog').first().waitFor();
    expect(await hindrances()).toEqual([]);
    await app.page.keyboard.press('Escape');
  });
});
