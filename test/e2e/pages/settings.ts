import type { Page } from 'playwright';

/** Preferences, where things are kept, and what runs. */
export class SettingsPage {
  constructor(private readonly page: Page) {}

  /** Chooses one of the values of a setting by the words on it. */
  async choose(setting: RegExp, value: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: setting }).getByText(value, { exact: true }).click();
  }

  /** Switches something on or off by its name. */
  async toggle(name: string): Promise<void> {
    await this.page.getByRole('switch', { name, exact: true }).click();
  }

  language(value: '中文' | 'English'): Promise<void> {
    return this.choose(/^(语言|Language)$/, value);
  }

  theme(value: string): Promise<void> {
    return this.choose(/^(外观|Appearance)$/, value);
  }
}
