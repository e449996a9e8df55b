import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/shared/log';
import { WeChatError } from '../../../src/wechat/errors';
import { NetworkError } from '../../../src/wechat/http';
import { createTokenSource, type AccessToken, type TokenSource } from '../../../src/wechat/token';

let now: number;
let asked: number;
let answer: () => Promise<AccessToken>;
let tokens: TokenSource;

beforeEach(() => {
  now = 1_700_000_000;
  asked = 0;
  answer = () => Promise.resolve({ accessToken: `t${asked}`, expiresIn: 7200 });
  tokens = source(() => 0);
});

function source(random: () => number): TokenSource {
  return createTokenSource({
    clock: { now: () => now },
    logger: silentLogger,
    random,
    fetchToken: () => {
      asked++;
      return answer();
    },
  });
}

describe('the access token of an account', () => {
  it('is asked for once, however many want it at the same time', async () => {
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get()));
    expect(new Set(got)).toEqual(new Set(['t1']));
    expect(asked).toBe(1);
  });

  it('is kept until 300 seconds before its end and then renewed', async () => {
    await tokens.get();
    now += 7200 - 301;
    expect(await tokens.get()).toBe('t1');
    now += 1;
    expect(await tokens.get()).toBe('t2');
  });

  it('is renewed up to a minute earlier, so that accounts do not all ask at once', async () => {
    tokens = source(() => 0.5);
    await tokens.get();
    now += 7200 - 331;
    expect(await tokens.get()).toBe('t1');
    now += 1;
    expect(await tokens.get()).toBe('t2');
  });

  it('with a short remaining life is used for what is left of it', async () => {
    tokens = source(() => 0.999);
    answer = () => Promise.resolve({ accessToken: `t${asked}`, expiresIn: 345 });
    expect(await tokens.get()).toBe('t1');
    expect(await tokens.get()).toBe('t1');
    now += 45;
    expect(await tokens.get()).toBe('t2');
  });

  it('is forgotten when it is the one that failed', async () => {
    tokens.drop(await tokens.get());
    expect(await tokens.get()).toBe('t2');
  });

  it('is kept when an older one failed', async () => {
    const old = await tokens.get();
    tokens.drop(old);
    await tokens.get();
    tokens.drop(old);
    expect(await tokens.get()).toBe('t2');
    expect(asked).toBe(2);
  });

  it('is asked for again after a failure; the failure reaches everyone who waited', async () => {
    answer = () => Promise.reject(new WeChatError({ code: 'wechat/40164', errcode: 40164 }));
    const waiting = [tokens.get(), tokens.get()];
    for (const one of waiting) await expect(one).rejects.toThrow('wechat/40164');
    expect(asked).toBe(1);
    answer = () => Promise.resolve({ accessToken: 'late', expiresIn: 7200 });
    expect(await tokens.get()).toBe('late');
  });

  it('lives on when the early renewal fails for want of a connection', async () => {
    await tokens.get();
    answer = () => Promise.reject(new NetworkError({ code: 'network/unreachable' }, 'not-sent'));
    now += 7200 - 300;
    expect(await tokens.get()).toBe('t1');
    expect(asked).toBe(2);
    expect(await tokens.get()).toBe('t1');
    expect(asked).toBe(2);
    now += 30;
    expect(await tokens.get()).toBe('t1');
    expect(asked).toBe(3);
    now += 260;
    await expect(tokens.get()).rejects.toThrow('network/unreachable');
  });

  it('does not outlive a refusal', async () => {
    await tokens.get();
    answer = () => Promise.reject(new WeChatError({ code: 'wechat/40125', errcode: 40125 }));
    now += 7200 - 300;
    await expect(tokens.get()).rejects.toThrow('wechat/40125');
  });
});
