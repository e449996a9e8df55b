import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WeChatError } from '../../../src/wechat/errors';
import { probeAccount } from '../../../src/wechat/probe';
import { failureOf } from './helpers/failure-of';
import { startTestBench, type TestBench } from './helpers/test-client';

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
});
afterEach(() => bench.close());

describe('probing an account', () => {
  const unauthorized = { json: { errcode: 48001, errmsg: 'api unauthorized rid: 1-2-3' } };
  const tags = (answer: Parameters<TestBench['server']['on']>[1]): void =>
    bench.server.on('/cgi-bin/tags/get', answer);
  const industry = (answer: Parameters<TestBench['server']['on']>[1]): void =>
    bench.server.on('/cgi-bin/template/get_industry', answer);

  it('finds a verified service account', async () => {
    tags({ json: { tags: [] } });
    industry({ json: { primary_industry: { first_class: 'IT', second_class: 'x' } } });
    expect(await probeAccount(bench.client)).toEqual({ kind: 'service', verified: true });
  });

  it('finds a verified subscription account', async () => {
    tags({ json: { tags: [] } });
    industry(unauthorized);
    expect(await probeAccount(bench.client)).toEqual({ kind: 'subscription', verified: true });
  });

  it('leaves the kind of an unverified account open', async () => {
    tags(unauthorized);
    industry(unauthorized);
    expect(await probeAccount(bench.client)).toEqual({ kind: null, verified: false });
  });

  it('does not guess when WeChat is busy', async () => {
    tags({ json: { errcode: -1, errmsg: 'system error' } });
    expect((await failureOf(probeAccount(bench.client), WeChatError)).errcode).toBe(-1);
  });
});
