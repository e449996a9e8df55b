import type { Locator, Page } from 'playwright';

/** The search over everything, and the one in the open chat. */
export class SearchPage {
  readonly dialog: Locator;
  readonly field: Locator;
  readonly hits: Locator;
  /** Above the chat. */
  readonly bar: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^(搜索全部会话|Search all conversations)$/ });
    this.field = this.dialog.getByRole('searchbox');
    this.hits = this.dialog.getByRole('option');
    this.bar = page
      .getByRole('search')
      .filter({ has: page.getByRole('button', { name: /会话内搜索|Close search in/ }) });
  }

  async openInChat(): Promise<void> {
    await this.page.getByRole('button', { name: /^(在会话中搜索|Search in this conversation)$/ }).click();
    await this.bar.waitFor();
  }

  async openEverywhere(): Promise<void> {
    await this.openInChat();
    await this.bar
      .getByRole('button', {
        name: /^(搜索全部会话|返回搜索结果|Search all conversations|Back to the results)$/,
      })
      .click();
    await this.dialog.waitFor();
  }

  async ask(text: string): Promise<void> {
    await this.field.fill(text);
  }

  async askInChat(text: string): Promise<void> {
    await this.bar.getByRole('searchbox').fill(text);
  }

  async addFilter(name: string): Promise<void> {
    await this.dialog.getByRole('button', { name: `添加筛选：${name}`, exact: true }).click();
  }

  hit(text: string | RegExp): Locator {
    return this.hits.filter({ hasText: text });
  }
}
