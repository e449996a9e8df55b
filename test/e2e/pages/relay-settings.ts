import type { Locator, Page } from 'playwright';

/** The relay and its computers on the settings screen, in either language. */
export class RelaySettings {
  readonly section: Locator;
  readonly devices: Locator;
  readonly inviteButton: Locator;
  /** The invitation, or the form that joins. */
  readonly dialog: Locator;
  /** What removing means, before it is done. */
  readonly confirmation: Locator;

  constructor(page: Page) {
    this.section = page.getByRole('region', { name: /^(中继与电脑|Relay and computers)$/ });
    this.devices = this.section
      .getByRole('list', { name: /的电脑$|^Computers of the relay/ })
      .getByRole('listitem');
    this.inviteButton = this.section.getByRole('button', {
      name: /^(邀请另一台电脑|Invite another computer)/,
    });
    this.dialog = page
      .getByRole('dialog')
      .filter({ hasText: /邀请另一台电脑|加入店里的中继|Invite another computer|Join the shop’s relay/ });
    this.confirmation = page.getByRole('dialog').filter({ hasText: /^(移除|Remove) ?“/ });
  }

  device(text: string): Locator {
    return this.devices.filter({ hasText: text });
  }

  /** Opens the invitation and reads the code. */
  async invite(): Promise<{ readonly code: string }> {
    await this.inviteButton.click();
    const row = this.dialog
      .locator('dt', { hasText: /^(配对码|Pairing code)$/ })
      .locator('xpath=following-sibling::dd[1]/span');
    await row.waitFor();
    return { code: (await row.textContent()) ?? '' };
  }

  /** Fills the form of the other computer's side, opening it first where it is closed. */
  async join(relayUrl: string, pairingCode: string): Promise<void> {
    if ((await this.dialog.count()) === 0)
      await this.section.getByRole('button', { name: /^(加入中继|Join a relay)/ }).click();
    await this.dialog.getByLabel(/^(中继地址|Relay address)$/).fill(relayUrl);
    await this.dialog.getByLabel(/^(配对码|Pairing code)$/).fill(pairingCode);
    await this.dialog.getByRole('button', { name: /(加\s?入|Join)$/ }).click();
  }

  async close(): Promise<void> {
    await this.dialog
      .getByRole('button', { name: /^(关\s?闭|Close)$/ })
      .last()
      .click();
    await this.dialog.waitFor({ state: 'detached' });
  }
}
