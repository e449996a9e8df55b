import type { Locator, Page } from 'playwright';

/** The safe takeover of the account that is shown, in either language. */
export class TakeoverPage {
  constructor(private readonly page: Page) {}

  get panel(): Locator {
    return this.page.getByRole('region', { name: /^(安全接管|Safe takeover)$/ });
  }

  /** From the account that is shown on the Accounts screen. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: /^(查看会停用什么…|See what will stop…)$/ }).click();
    await this.panel.waitFor();
  }

  async read(): Promise<void> {
    await this.press(/^(读取并保存|Read and keep)$/);
  }

  async publishMenu(): Promise<void> {
    await this.press(/^(发布菜单|Publish menu)$/);
  }

  async importReplies(): Promise<void> {
    await this.press(/(导入 \d+ 条规则|import \(\d+ rules\))$/);
  }

  /** Asks WeChat who answers now. */
  async check(): Promise<void> {
    await this.press(/^(向微信确认|Ask WeChat)$/);
  }

  async undo(): Promise<void> {
    await this.press(/^(恢复原样|Go back)$/);
  }

  /** Goes on with what a cut network interrupted. */
  async resumeUndo(): Promise<void> {
    await this.press(/^(继续恢复|Continue going back)$/);
  }

  /** The card with what went wrong. */
  get error(): Locator {
    return this.panel.getByRole('alert');
  }

  /** Does once more what the card says went wrong. */
  async retry(): Promise<void> {
    await this.error.getByRole('button', { name: /^(重\s?试|Try again|Retry)$/ }).click();
  }

  says(text: string | RegExp): Locator {
    return this.panel.getByText(text);
  }

  private async press(name: RegExp): Promise<void> {
    await this.panel.getByRole('button', { name }).click();
  }
}
