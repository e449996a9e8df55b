import type { Locator, Page } from 'playwright';
import { until } from '../support/runtime';

/** The inbox: conversations on the left, the open chat in the middle, the follower on the right. */
export class InboxPage {
  readonly list: Locator;
  readonly rows: Locator;
  readonly log: Locator;
  readonly bubbles: Locator;
  readonly composer: Locator;
  readonly send: Locator;
  /** Files and texts prepared above the field. */
  readonly tray: Locator;
  readonly profile: Locator;
  /** Time and replies left. */
  readonly meter: Locator;
  /** Why nothing can be sent, with the ladder of what is legal instead. */
  readonly closed: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole('listbox', { name: /^(会话列表|Conversations)$/ });
    this.rows = this.list.getByRole('option');
    this.log = page.getByRole('log');
    this.bubbles = this.log.getByRole('article');
    this.composer = page.getByRole('textbox', { name: /^(回复内容|Your reply)$/ });
    this.send = page.getByRole('button', { name: /^(发送|Send)( |第|前|$)/ });
    this.tray = page.getByRole('region', { name: /^(将要发送|To be sent)$/ });
    this.profile = page.getByRole('complementary', { name: /^(粉丝资料|Follower details)$/ });
    this.meter = page.getByText(/还可回复 \d+ 条 · 剩|最后 1 条回复 · 剩|repl(y|ies) left · |Last reply · /);
    this.closed = page.getByRole('status').filter({ hasText: /接下来可以|What you can do next/ });
  }

  /** The conversation whose row shows this: a name or the last line. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** Opens the first conversation whose row shows this, wherever it is in the list. */
  async open(text: string | RegExp): Promise<void> {
    await until(`a conversation that shows ${String(text)}`, () => this.reach(this.row(text).first()));
    await this.row(text).first().click();
    await this.bubbles.first().waitFor();
  }

  /** Scrolls one screen on, from the end back to the top, until the row is drawn. */
  private async reach(row: Locator): Promise<boolean> {
    if ((await row.count()) > 0) return true;
    await this.list.evaluate((list) => {
      const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 2;
      list.scrollTop = atEnd ? 0 : list.scrollTop + list.clientHeight;
    });
    return false;
  }

  /** Bubbles of the shop that hold this text. */
  mine(text: string | RegExp): Locator {
    return this.log.getByRole('article', { name: /^(你：|You: )/ }).filter({ hasText: text });
  }

  /** Bubbles that the relay answered by itself. */
  automatic(text: string | RegExp): Locator {
    return this.log
      .getByRole('article', { name: /^(自动回复|Automatic reply)$/ })
      .filter({ hasText: text })
      .filter({ hasText: /自动回复|Automatic reply/ });
  }

  /** Bubbles of the customer. */
  theirs(text?: string | RegExp): Locator {
    return this.log
      .locator('[data-side="in"]')
      .and(this.page.getByRole('article'))
      .filter(text === undefined ? {} : { hasText: text });
  }

  /** Replies left as the window bar says. */
  async repliesLeft(): Promise<number> {
    const words = (await this.meter.textContent()) ?? '';
    return /最后|Last/.test(words) ? 1 : Number(/\d+/.exec(words)?.[0]);
  }

  /** Types a reply and sends it by Enter. */
  async reply(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Chooses a filter, also one of those behind “more”. */
  async filter(name: string): Promise<void> {
    const filters = this.page.getByRole('radiogroup', { name: /^(筛选会话|Filter conversations)$/ });
    // A filter with something in it carries the number behind its name.
    const shown = filters.getByRole('radio', { name: new RegExp(`^${name}( [0-9,]+)?$`) });
    if ((await shown.count()) > 0) return shown.click();
    await filters.getByRole('radio').last().click();
    await this.page.getByRole('menuitem', { name, exact: true }).click();
  }

  /** Pastes files into the composer, as the system does when they were copied. */
  async paste(...files: readonly ChosenFile[]): Promise<void> {
    await this.handOver('paste', files);
  }

  /** Drops files on the composer. */
  async drop(...files: readonly ChosenFile[]): Promise<void> {
    await this.handOver('drop', files);
  }

  private async handOver(type: 'paste' | 'drop', files: readonly ChosenFile[]): Promise<void> {
    await this.composer.evaluate(
      (field, [how, given]) => {
        const data = new DataTransfer();
        for (const { name, mimeType, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: mimeType }));
        }
        const about = { bubbles: true, cancelable: true };
        field.dispatchEvent(
          how === 'paste'
            ? new ClipboardEvent('paste', { ...about, clipboardData: data })
            : new DragEvent('drop', { ...about, dataTransfer: data }),
        );
      },
      [
        type,
        files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })),
      ] as const,
    );
  }

  /** Puts files on the composer through the file dialog's field. */
  async attach(...files: readonly ChosenFile[]): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles([...files]);
  }
}

interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
