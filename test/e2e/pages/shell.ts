import type { Locator, Page } from 'playwright';

const SCREENS = {
  inbox: /^(消息|Inbox)/,
  followers: /^(粉丝|Followers)/,
  reports: /^(报告|Reports)/,
  accounts: /^(公众号|Accounts)/,
  help: /^(帮助|Help)/,
  settings: /^(设置|Settings)/,
} as const;
export type ScreenName = keyof typeof SCREENS;

/** What is around every screen: navigation, account switcher, connection. */
export class Shell {
  readonly navigation: Locator;
  readonly switcher: Locator;
  /** Whether messages arrive now, in words. */
  readonly connection: Locator;

  constructor(private readonly page: Page) {
    this.navigation = page.getByRole('navigation', { name: /^(主导航|Main navigation)$/ });
    this.switcher = page.getByRole('button', { name: / · (切换公众号|Switch account)$/ });
    this.connection = page
      .getByRole('banner')
      .getByRole('status')
      .filter({
        hasText:
          /^(已连接|正在连接…|离线|部分离线|未连接|Connected|Connecting…|Offline|Partly offline|Not connected)( · .+)?$/,
      });
  }

  /** Opens a screen by the navigation. */
  async open(screen: ScreenName): Promise<void> {
    await this.navigation.getByRole('button', { name: SCREENS[screen] }).click();
  }

  /** The connection once it reads like this. */
  connectionReading(text: string): Locator {
    return this.connection.getByText(text, { exact: true });
  }

  /** Chooses whose followers and messages are shown, as the menu names it. */
  async switchTo(account: string | RegExp): Promise<void> {
    await this.switcher.click();
    await this.page.getByRole('menuitem', { name: account }).click();
  }
}
