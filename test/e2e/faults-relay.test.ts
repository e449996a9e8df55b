import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { readyAccount, textsFrom } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { processesNaming, temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

/** Followers who write one message after the other until they are told to stop. */
interface Writers {
  /** Per follower the words whose delivery was answered `success`, in the order of writing. */
  readonly accepted: ReadonlyMap<string, readonly string[]>;
  /** Resolves when every follower had `more` further messages taken. */
  more(more: number): Promise<void>;
  stop(): Promise<void>;
}

describe('messages while something is killed', () => {
  const userData = temporaryFolder('relay-faults');
  let world: World;
  let app: DeskApp;
  let account: SandboxAccount;
  let openids: readonly string[];

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    // WeChat's three attempts, closer together.
    await world.sandbox.post('/__sandbox/config', { push: { gapMs: 150, deadlineMs: 2_000, attempts: 3 } });
    const [first] = world.sandbox.accounts;
    if (!first) throw new Error('the sandbox has no account');
    account = first;
    app = await startApp({ userData: userData.path });
    await readyAccount(app, world, account);
    openids = await world.sandbox.openids(account.appid, 6);
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  it('are in the chat once and in order when the relay dies and comes back, and the app says so', async () => {
    const shell = new Shell(app.page);
    const writers = write(openids.slice(0, 3), '甲');
    await writers.more(4);
    await world.relay.kill();
    await shell.connectionReading('离线').waitFor();
    await app.page.getByText('收不到新消息：连不上中继，已保存的内容都能看').waitFor();
    await world.relay.restart();
    await shell.connectionReading('已连接').waitFor();
    await app.page.getByText('收不到新消息：连不上中继，已保存的内容都能看').waitFor({ state: 'detached' });
    await writers.more(4);
    // Once more without waiting for anything in between.
    await world.relay.kill();
    await world.relay.restart();
    await writers.more(4);
    await writers.stop();
    await allArrived(writers);

    const [openid = ''] = openids;
    const last = writers.accepted.get(openid)?.at(-1) ?? '';
    await shell.open('inbox');
    const inbox = new InboxPage(app.page);
    await inbox.open(last);
    await inbox.theirs(last).waitFor();
  });

  it('are neither lost nor doubled when the app is killed while they arrive', async () => {
    const writers = write(openids.slice(3, 6), '乙');
    await writers.more(3);
    for (let kill = 0; kill < 3; kill += 1) {
      await stored(writers);
      await app.kill();
      expect(processesNaming(userData.path)).toEqual([]);
      await writers.more(3);
      app = await startApp({ userData: userData.path });
    }
    await writers.stop();
    await allArrived(writers);
  });

  function write(who: readonly string[], mark: string): Writers {
    const accepted = new Map<string, string[]>(who.map((openid) => [openid, []]));
    let stopped = false;
    const one = async (openid: string, index: number): Promise<void> => {
      for (let count = 1; !stopped; count += 1) {
        const content = `${mark}${index}-${count}。`;
        const deliveries = await world.sandbox.act(account.appid, openid, { type: 'text', content });
        if (deliveries.some(({ status, reply }) => status === 200 && reply === 'success'))
          accepted.get(openid)?.push(content);
      }
    };
    const running = Promise.all(who.map(one));
    return {
      accepted,
      async more(more) {
        const goals = new Map([...accepted].map(([openid, taken]) => [openid, taken.length + more]));
        await until('more messages are taken', () =>
          [...goals].every(([openid, goal]) => (accepted.get(openid)?.length ?? 0) >= goal),
        );
      },
      async stop() {
        stopped = true;
        await running;
      },
    };
  }

  /** Resolves when the app has stored something that was taken just now. */
  async function stored({ accepted }: Writers): Promise<void> {
    const [openid = ''] = accepted.keys();
    const newest = accepted.get(openid)?.at(-1) ?? '';
    await until('a message is stored', async () =>
      (await textsFrom(app, account.appid, openid)).includes(newest),
    );
  }

  /**
   * Every message that WeChat was told is taken stands in the chat exactly once and in order. A push may also have been
   * stored without its answer reaching WeChat; such a message may stand there too, once.
   */
  async function allArrived({ accepted }: Writers): Promise<void> {
    for (const [openid, taken] of accepted) {
      const newest = taken.at(-1) ?? '';
      const texts = await until('the last message is here', async () => {
        const found = await textsFrom(app, account.appid, openid);
        return found.includes(newest) && found;
      });
      expect(texts.filter((text) => taken.includes(text))).toEqual(taken);
      expect(new Set(texts).size).toBe(texts.length);
    }
  }
});
