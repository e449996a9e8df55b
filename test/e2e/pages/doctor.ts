import type { Locator, Page } from 'playwright';

/** The connection doctor as a person sees it, in either language. */
export class DoctorPage {
  constructor(private readonly page: Page) {}

  private get checks(): Locator {
    return this.page.getByRole('region', { name: /^(十项检查|Ten checks)$/ });
  }

  /** From the account that is shown on the Accounts screen. */
  async openFromAccount(): Promise<void> {
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /^(连接体检|Connection doctor)$/ })
      .click();
  }

  /** The first line once it reads so. */
  verdict(text: string): Locator {
    return this.page.getByRole('main').getByRole('status').filter({ hasText: text });
  }

  async examineAgain(): Promise<void> {
    await this.page.getByRole('button', { name: /^(重新体检|Examine again)$/ }).click();
  }

  async cancel(): Promise<void> {
    await this.page.getByRole('button', { name: /^(取\s?消|Cancel)$/ }).click();
  }

  async copyReport(): Promise<void> {
    await this.page.getByRole('button', { name: /^(复制报告|Copy report)$/ }).click();
    await this.page.getByText(/^(报告已复制|Report copied)/).waitFor();
  }

  async back(): Promise<void> {
    await this.page.getByRole('button', { name: /^(返回公众号|Back to accounts)$/ }).click();
  }

  private rows(): Locator {
    return this.checks.locator('[data-state]');
  }

  /** The row of one check; others may speak of it too. */
  private row(check: string): Locator {
    return this.rows()
      .filter({ has: this.page.getByText(check, { exact: true }) })
      .first();
  }

  /** Names of the checks, as they stand. */
  names(): Promise<string[]> {
    return this.rows().locator('> :nth-child(2)').allInnerTexts();
  }

  /** Their states in words. */
  states(): Promise<string[]> {
    return this.rows().locator('> :nth-child(4)').allInnerTexts();
  }

  /** What is said of a check in its row. */
  async findingOf(check: string): Promise<string> {
    return this.row(check).locator('> :nth-child(3)').innerText();
  }

  async stateOf(check: string): Promise<string> {
    return this.row(check).locator('> :nth-child(4)').innerText();
  }
}
