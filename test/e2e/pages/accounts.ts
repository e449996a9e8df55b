import type { Locator, Page } from 'playwright';

/** What a person types into the manual door. */
export interface BindFields {
  readonly name?: string;
  readonly appid?: string;
  readonly secret?: string;
  readonly relayUrl?: string;
  readonly pairingCode?: string;
  readonly apiOrigin?: string;
}

const LABELS = {
  name: /^(名称|Name)$/,
  appid: /^AppID$/,
  secret: /^AppSecret$/,
  relayUrl: /^(中继地址|Relay address)$/,
  pairingCode: /^(配对码|Pairing code)$/,
  apiOrigin: /^(微信接口地址|WeChat API host)$/,
} as const satisfies Record<keyof BindFields, RegExp>;

const SETTINGS = {
  url: /(服务器地址 \(URL\)|Server address \(URL\))$/,
  token: /(令牌 \(Token\)|: Token)$/,
  'aes-key': /EncodingAESKey\)?$/,
} as const;

/** The Accounts screen and its manual door, as a person sees them in either language. */
export class AccountsPage {
  constructor(private readonly page: Page) {}

  /** Opens the Accounts screen. */
  async open(): Promise<void> {
    await this.page
      .getByRole('navigation')
      .getByRole('button', { name: /^(公众号|Accounts)$/ })
      .click();
  }

  /** From wherever the person is to the empty form of the manual door. */
  async connectManually(): Promise<void> {
    await this.open();
    const first = this.page.getByRole('button', { name: /^(连接我的公众号|Connect my account)$/ });
    const add = this.page.getByRole('button', { name: /^(添加公众号|Add account)$/ });
    await first.or(add).waitFor();
    if (await first.isVisible()) await first.click();
    else {
      await add.click();
      await this.page.getByRole('menuitem', { name: /^(手动连接|Connect manually)/ }).click();
    }
    await this.field('appid').waitFor();
  }

  field(name: keyof BindFields): Locator {
    return this.page.getByLabel(LABELS[name]);
  }

  async fill(fields: BindFields): Promise<void> {
    if (fields.apiOrigin !== undefined && !(await this.field('apiOrigin').isVisible()))
      await this.page.getByText(/^(高级|Advanced)$/).click();
    for (const name of Object.keys(fields) as (keyof BindFields)[])
      await this.field(name).fill(fields[name] ?? '');
  }

  /** What stands in the form now. */
  async values(): Promise<Required<BindFields>> {
    const value = (name: keyof BindFields): Promise<string> => this.field(name).inputValue();
    return {
      name: await value('name'),
      appid: await value('appid'),
      secret: await value('secret'),
      relayUrl: await value('relayUrl'),
      pairingCode: await value('pairingCode'),
      apiOrigin: await value('apiOrigin'),
    };
  }

  async submit(): Promise<void> {
    // While it was busy a moment ago the button is also named by its spinner.
    await this.page.getByRole('button', { name: /(核对并连接|Check and connect)$/ }).click();
  }

  /** The card with what went wrong. */
  get error(): Locator {
    return this.page.getByRole('main').locator('form').getByRole('alert').filter({ hasText: '/' });
  }

  /** What the form says under one field. */
  complaint(text: string): Locator {
    return this.page.getByText(text, { exact: true });
  }

  /** The page that follows a successful binding. */
  bound(name: string): Locator {
    return this.page.getByRole('heading', { name: new RegExp(`“${name}”(已连接| is connected)`) });
  }

  /** Puts one server setting on the clipboard. */
  async copySetting(value: keyof typeof SETTINGS): Promise<void> {
    await this.page.getByRole('button', { name: SETTINGS[value] }).click();
  }

  async finish(): Promise<void> {
    await this.page.getByRole('button', { name: /^(完\s?成|Done)$/ }).click();
  }
}
