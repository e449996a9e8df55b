import type { Locator, Page } from 'playwright';

/** The insert menu and editors of cards, the list that a slash calls, and the manager of quick replies. */
export class CardsPage {
  readonly plus: Locator;
  readonly dialog: Locator;
  /** The list above the composer. */
  readonly matches: Locator;
  readonly manager: Locator;

  constructor(readonly page: Page) {
    this.plus = page.getByRole('button', { name: /^(插入卡片|Insert a card)$/ });
    this.dialog = page.getByRole('dialog');
    this.matches = page.getByRole('listbox', { name: /^(快捷回复|Quick replies)$/ });
    this.manager = page.getByRole('dialog', { name: /^(快捷回复|Quick replies)$/ });
  }

  /** Opens the editor of a kind by the insert menu. */
  async insert(name: string | RegExp): Promise<void> {
    await this.plus.click();
    await this.entry(name).click();
    await this.dialog.waitFor();
  }

  entry(name: string | RegExp): Locator {
    return this.page.getByRole('menuitem', { name });
  }

  field(name: string | RegExp): Locator {
    return this.dialog.getByRole('textbox', { name });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.dialog.getByRole('button', { name }).click();
  }

  /** Sends the card of the open editor. */
  async send(): Promise<void> {
    await this.press('发送');
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Fills the options of a menu message, adding what is missing by Enter in the last one. */
  async fillOptions(words: readonly string[]): Promise<void> {
    for (const [index, word] of words.entries()) {
      const option = this.field(new RegExp(`^(选项|Option) ${index + 1}$`));
      if ((await option.count()) === 0)
        await this.field(new RegExp(`^(选项|Option) ${index}$`)).press('Enter');
      await option.fill(word);
    }
  }

  match(text: string | RegExp): Locator {
    return this.matches.getByRole('option').filter({ hasText: text });
  }
}
