import type { Locator, Page } from 'playwright';

/** What an owner changes about the person of the open conversation. */
export class PeoplePane {
  readonly pane: Locator;

  constructor(private readonly page: Page) {
    this.pane = page.getByRole('complementary', { name: /^(粉丝资料|Follower details)$/ });
  }

  button(name: RegExp): Locator {
    return this.pane.getByRole('button', { name });
  }

  async setRemark(words: string): Promise<void> {
    await this.button(/^(修改微信备注|Change the WeChat remark)$/).click();
    const field = this.pane.getByRole('textbox', { name: /^(修改微信备注|Change the WeChat remark)$/ });
    await field.fill(words);
    await field.press('Enter');
  }

  /** Types a tag that exists and takes it. */
  async addTag(name: string): Promise<void> {
    const field = this.pane.getByRole('combobox', { name: /^(修改标签|Change tags)$/ });
    await field.fill(name);
    await this.page.locator('.ant-select-item-option-active', { hasText: name }).waitFor();
    await field.press('Enter');
    await field.press('Tab');
  }

  async block(): Promise<void> {
    await this.button(/^(加入黑名单|Add to blacklist)$/).click();
    await this.page
      .getByRole('tooltip')
      .getByRole('button', { name: /^(加入黑名单|Add to blacklist)$/ })
      .click();
  }
}
