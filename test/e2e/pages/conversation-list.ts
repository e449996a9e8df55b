import type { Locator, Page } from 'playwright';

/** What the list of conversations offers beside opening one: marks, menus, the dialog for snoozing, the palette. */
export class ConversationListPage {
  readonly rows: Locator;
  readonly menu: Locator;
  readonly palette: Locator;
  readonly snoozing: Locator;

  constructor(private readonly page: Page) {
    this.rows = page.getByRole('listbox', { name: /^(会话列表|Conversations)$/ }).getByRole('option');
    this.menu = page.getByRole('menu', { name: /(的操作|^Actions for )/ });
    this.palette = page.getByRole('dialog', { name: /^(命令面板|Command palette)$/ });
    this.snoozing = page.getByRole('dialog', { name: /^(稍后处理|Snooze)/ });
  }

  /** The names or words that rows show, from top to bottom; of rows that show one of them. */
  async order(words: readonly string[]): Promise<string[]> {
    const texts = await this.rows.allInnerTexts();
    return texts.flatMap((text) => words.find((word) => text.includes(word)) ?? []);
  }

  /** A mark of the row, by its accessible name. */
  mark(row: Locator, name: string | RegExp): Locator {
    return row.getByRole('img', { name });
  }

  /** Chooses from the row's menu by right click. */
  async choose(row: Locator, item: string): Promise<void> {
    await row.click({ button: 'right' });
    await this.menu.getByRole('menuitem', { name: item }).click();
    await this.menu.waitFor({ state: 'detached' });
  }

  async filter(name: string): Promise<void> {
    const filters = this.page.getByRole('radiogroup', { name: /^(筛选会话|Filter conversations)$/ });
    const shown = filters.getByRole('radio', { name });
    if ((await shown.count()) > 0) return shown.first().click();
    await filters.getByRole('radio').last().click();
    await this.page.getByRole('menuitem', { name, exact: true }).click();
  }

  /** The notice that says what was done. */
  notice(text: string | RegExp): Locator {
    return this.page.locator('.ant-message').getByText(text);
  }

  async undo(): Promise<void> {
    await this.page
      .locator('.ant-message')
      .getByRole('button', { name: /^(撤销|Undo)$/ })
      .click();
  }

  /** Opens the palette by its key, types, and takes the first hit once it shows `hit`. */
  async command(words: string, hit: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.palette.getByRole('combobox').fill(words);
    await this.palette.getByRole('option', { selected: true }).filter({ hasText: hit }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.palette.waitFor({ state: 'detached' });
  }
}
