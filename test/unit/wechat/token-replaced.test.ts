import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/shared/log';
import { WeChatError } from '../../../src/wechat/errors';
import { createTokenSource, type TokenReplacement, type TokenSource } from '../../../src/wechat/token';

const START = 1_700_000_000;

let now: number;
let asked: number;
let replaced: TokenReplacement[];
let tokens: TokenSource;
/** What WeChat holds: the current token and when it was made. */
let current: { token: string; madeAt: number };
/** Called while an answer is on its way. */
let meanwhile: () => void;

beforeEach(() => {
  now = START;
  asked = 0;
  replaced = [];
  current = { token: 'a', madeAt: START };
  meanwhile = () => undefined;
  tokens = createTokenSource({
    clock: { now: () => now },
    logger: silentLogger,
    random: () => 1,
    fetchToken: () => {
      asked += 1;
      meanwhile();
      return Promise.resolve({ accessToken: current.token, expiresIn: current.madeAt + 7200 - now });
    },
    onReplaced: (one) => void replaced.push(one),
  });
});

/** Another system forces a new token now. */
function force(token: string): void {
  current = { token, madeAt: now };
}

describe('a token that another system ended', () => {
  it('[I14] is noticed as soon as WeChat refuses it, with the time of its successor', async () => {
    await tokens.get();
    now += 1000;
    force('b');
    now += 500;
    tokens.drop('a');
    expect(await tokens.get()).toBe('b');
    expect(replaced).toEqual([
      { obtainedAt: START, promisedUntil: START + 7200, replacedAt: START + 1000, noticedAt: START + 1500 },
    ]);
    await tokens.get();
    expect(replaced).toHaveLength(1);
  });

  it('[I14] is noticed also by asking before any call failed', async () => {
    await tokens.get();
    now += 60;
    force('b');
    expect(await tokens.ask()).toEqual({ expiresIn: 7200 });
    expect(replaced).toHaveLength(1);
    expect(await tokens.get()).toBe('b');
    expect(asked).toBe(2);
  });

  it('is told from one that came to its end', async () => {
    await tokens.get();
    now += 7200 - 200;
    force('b');
    expect(await tokens.get()).toBe('b');
    now += 9000;
    tokens.drop('b');
    force('c');
    expect(await tokens.get()).toBe('c');
    expect(replaced).toEqual([]);
  });

  it('is told from the same token given again', async () => {
    await tokens.get();
    tokens.drop('a');
    expect(await tokens.get()).toBe('a');
    await tokens.ask();
    expect(replaced).toEqual([]);
  });

  it('is told from a clock that the answer itself puts right', async () => {
    // This computer is two hours ahead until it hears WeChat.
    now += 7200;
    meanwhile = () => {
      now = START;
      meanwhile = () => undefined;
    };
    await tokens.get();
    now = START + 7200;
    force('b');
    expect(await tokens.get()).toBe('b');
    expect(replaced).toEqual([]);
  });
});

describe('asking', () => {
  it('fails as WeChat refuses, and leaves the token in hand as it is', async () => {
    await tokens.get();
    meanwhile = () => {
      throw new WeChatError({ code: 'wechat/40164', errcode: 40164 });
    };
    await expect(tokens.ask()).rejects.toMatchObject({ code: 'wechat/40164' });
    expect(await tokens.get()).toBe('a');
  });

  it('waits for the request under way, and asks once itself', async () => {
    const [, answer] = await Promise.all([tokens.get(), tokens.ask()]);
    expect(answer.expiresIn).toBe(7200);
    expect(asked).toBe(2);
  });
});
