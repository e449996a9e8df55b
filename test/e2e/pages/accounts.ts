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

const STEPS = {
  relay: /(中继|Relay)$/,
  address: /(IP 白名单|IP whitelist)$/,
  credentials: /(凭据|Credentials)$/,
  mode: /(密封或协助|Sealed or assisted)$/,
  takeover: /(安全接管|Safe takeover)$/,
  server: /(服务器配置|Server settings)$/,
  checks: /(核对|Checks)$/,
} as const;

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

  /** From wherever the person is to the first step of the manual door. */
  async connectManually(): Promise<void> {
    await this.openWizard();
    await this.field('relayUrl').waitFor();
  }

  /** Back to the manual door that was left at AppID and secret. */
  async resume(): Promise<void> {
    await this.openWizard();
    await this.field('appid').waitFor();
    await this.openAdvanced();
  }

  private async openAdvanced(): Promise<void> {
    const summary = this.page.getByText(/^(高级|Advanced)$/);
    await summary.waitFor();
    // The section opens and closes by the same click, so it is asked again until it shows what is inside.
    for (let attempt = 0; attempt < 10 && !(await this.field('apiOrigin').isVisible()); attempt++) {
      await summary.click();
      await this.field('apiOrigin')
        .waitFor({ timeout: 1_000 })
        .catch(() => undefined);
    }
  }

  private async openWizard(): Promise<void> {
    await this.open();
    const first = this.page.getByRole('button', { name: /^(手动连接|Connect manually)/ });
    const add = this.page.getByRole('button', { name: /^(添加公众号|Add account)$/ });
    await first.or(add).waitFor();
    if (await first.isVisible()) await first.click();
    else {
      await add.click();
      await this.page.getByRole('menuitem', { name: /^(手动连接|Connect manually)/ }).click();
    }
  }

  field(name: keyof BindFields): Locator {
    return this.page.getByLabel(LABELS[name]);
  }

  /** One step of the manual door, by its place in the list of steps. */
  step(name: keyof typeof STEPS): Locator {
    return this.page
      .getByRole('navigation', { name: /^(连接步骤|Steps of connecting)$/ })
      .getByRole('button', { name: STEPS[name] });
  }

  /** Fills what is on the current step. */
  async fill(fields: BindFields): Promise<void> {
    for (const name of Object.keys(fields) as (keyof BindFields)[]) {
      if (name === 'apiOrigin') await this.openAdvanced();
      await this.field(name).fill(fields[name] ?? '');
    }
  }

  /** What stands in fields of the current step now. */
  async values(names: readonly (keyof BindFields)[]): Promise<BindFields> {
    const entries = names.map(async (name) => [name, await this.field(name).inputValue()] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  /** Fills the relay's step anew and asks for its addresses. */
  async reachRelay({
    relayUrl,
    pairingCode,
  }: Pick<Required<BindFields>, 'relayUrl' | 'pairingCode'>): Promise<void> {
    await this.step('relay').click();
    await this.fill({ relayUrl, pairingCode });
    await this.page.getByRole('button', { name: /(连接中继|Reach the relay)$/ }).click();
  }

  /** From the whitelist's step to AppID and secret. */
  async goToCredentials(): Promise<void> {
    await this.page.getByRole('button', { name: /^(已加入，下一步|下一步|Added, next|Next)$/ }).click();
    await this.field('appid').waitFor();
  }

  /** Fills the steps up to AppID and secret, and has them checked. */
  async bind({ relayUrl, pairingCode, ...credentials }: Required<BindFields>): Promise<void> {
    await this.reachRelay({ relayUrl, pairingCode });
    await this.goToCredentials();
    await this.fill(credentials);
    await this.submit();
  }

  async submit(): Promise<void> {
    // While it was busy a moment ago the button is also named by its spinner.
    await this.page.getByRole('button', { name: /(核对并连接|Check and connect)$/ }).click();
  }

  /** The button that ends the wizard, whether or not everything is green. */
  get end(): Locator {
    return this.page.getByRole('button', { name: /^(完\s?成|Finish|先用起来|Start using it)$/ });
  }

  /** One line of the live checks that has turned green. */
  passed(text: string): Locator {
    return this.page
      .getByRole('listitem')
      .filter({ hasText: text })
      .getByRole('img', { name: /^(通过|passed)$/ });
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
    return this.page.getByRole('heading', {
      name: new RegExp(`“${name}”(已通过微信核对| is confirmed by WeChat)`),
    });
  }

  /** Puts one server setting on the clipboard. */
  async copySetting(value: keyof typeof SETTINGS): Promise<void> {
    if (!(await this.page.getByRole('button', { name: SETTINGS.url }).isVisible()))
      await this.step('server').click();
    await this.page.getByRole('button', { name: SETTINGS[value] }).click();
  }

  async finish(): Promise<void> {
    await this.step('checks').click();
    await this.end.click();
  }
}
