import type { Locator, Page } from 'playwright';

/** The table of all followers with its tools, and the profile beside it. */
export class FollowersPage {
  readonly table: Locator;
  readonly rows: Locator;
  readonly tools: Locator;
  readonly search: Locator;
  /** How many there are or were found. */
  readonly count: Locator;
  readonly profile: Locator;

  constructor(readonly page: Page) {
    this.table = page.getByRole('grid', { name: /^(粉丝列表|Followers)$/ });
    this.rows = this.table.getByRole('row');
    this.tools = page.getByRole('search');
    this.search = this.tools.getByRole('searchbox').or(this.tools.getByRole('textbox'));
    this.count = this.tools.getByRole('status');
    this.profile = page.getByRole('complementary', { name: /^(粉丝资料|Follower)$/ });
  }

  /** Waits until the tools say exactly this, such as `找到 3 位`. */
  async says(count: string | RegExp): Promise<void> {
    await this.count.filter({ hasText: count }).waitFor();
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** The follower's first cell: what stands for a name. */
  names(): Promise<string[]> {
    return this.rows.locator('[data-col="name"]').allInnerTexts();
  }

  /** One column of what is drawn. */
  cells(column: 'tags' | 'scene' | 'since' | 'last' | 'window'): Promise<string[]> {
    return this.rows.locator(`[data-col="${column}"]`).allInnerTexts();
  }

  /** Drags the scroll bar: 0 is the top, 1 the end. */
  async scrollTo(place: number): Promise<void> {
    await this.table.evaluate((table, share) => {
      table.scrollTop = share * (table.scrollHeight - table.clientHeight);
    }, place);
  }

  async show(which: string): Promise<void> {
    await this.tools.getByText(which, { exact: true }).click();
  }

  async choose(select: string, option: string | RegExp): Promise<void> {
    await this.tools.getByRole('combobox', { name: select }).click();
    await this.page.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
  }

  /** The line of an import that is under way, paused or failed. */
  importBanner(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: text });
  }
}
