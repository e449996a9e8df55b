import type { Locator, Page } from 'playwright';

/** What a person without any account sees. */
export class FirstRunPage {
  readonly tryDemo: Locator;
  readonly connectMine: Locator;
  readonly progress: Locator;

  constructor(page: Page) {
    this.tryDemo = page.getByRole('button', { name: /用演示公众号试试|Try it with a demo account/ });
    this.connectMine = page.getByRole('button', { name: /^(手动连接|Connect manually)/ });
    this.progress = page.getByRole('status').filter({ hasText: /正在准备演示|Preparing the demo/ });
  }
}
