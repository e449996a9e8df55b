import { describe, expect, it } from 'vitest';
import { RelayMetrics } from '#relay/metrics';
import { Receiver } from '#relay/callback/receive';
import { AutoReplies } from '#relay/replies/auto-replies';
import { RuleStore } from '#relay/replies/rule-store';
import { SealedBox } from '#relay/secrets/sealed-box';
import type { OpenAccount } from '#relay/state/accounts';
import type { RelayStore, StoredItem } from '#relay/store/port';
import { MemoryState, MemoryStore } from '#relay/store/memory/memory-store';
import { silentLogger } from '#shared/log';
import type { ReplyRule } from '#shared/relay/reply-rules';
import { fallback, ruleSet } from '../../shared/domain/replies/samples';
import { AES_KEY, APPID, TOKEN, until } from '../support/relay-harness';
import { DyingStore } from './dying-store';
import { pushOf, readReply, textMessage } from './shop';

const ACCOUNT: OpenAccount = {
  appid: APPID,
  workspaceId: 'w1',
  key: 'k'.repeat(32),
  token: TOKEN,
  mode: 'assisted',
  encodingAESKey: AES_KEY,
  previousEncodingAESKey: null,
  envelopeAppid: APPID,
};
const BOX = new SealedBox(Buffer.alloc(32, 7));

/** One relay process over a store that it may share with others. */
class Relay {
  static now = 1_800_000_000;
  private readonly receiver: Receiver;
  readonly rules: RuleStore;

  constructor(readonly store: RelayStore) {
    const shared = { clock: { now: () => Relay.now }, log: silentLogger, metrics: new RelayMetrics(() => 0) };
    this.rules = new RuleStore(store, BOX);
    this.receiver = new Receiver({
      ...shared,
      messages: store.log,
      replies: new AutoReplies({ ...shared, store, rules: this.rules }),
      limits: { timestampWindow: 600 },
    });
  }

  take(xml: string): Promise<string> {
    const { query, body } = pushOf(xml, Relay.now);
    return this.receiver.take(ACCOUNT, new URLSearchParams(query).toString(), Buffer.from(body));
  }
}

async function shop(rules: readonly ReplyRule[]): Promise<MemoryState> {
  const state = new MemoryState();
  await new RuleStore(new MemoryStore(state), BOX).save(ACCOUNT, ruleSet(rules));
  return state;
}

/** Two relays over one store that take messages in turn. */
function takeInTurn(state: MemoryState): (xml: string) => Promise<string> {
  const [one, other] = [new Relay(new MemoryStore(state)), new Relay(new MemoryStore(state))];
  let taken = 0;
  return (xml) => ((taken += 1) % 2 === 0 ? one : other).take(xml);
}

async function items(state: MemoryState): Promise<readonly StoredItem[]> {
  const page = await new MemoryStore(state).log.readFeed('w1', 0, { limit: 1_000, maxBytes: 1e9 });
  return page.items;
}

const content = (answer: string): string | null => readReply(answer)('Content');
const ONCE = [fallback('once', { priority: 1, oncePerHours: 24 }), fallback('always')];

describe('a relay that is killed between any two steps', () => {
  const steps = Array.from({ length: 12 }, (_, survives) =>
    (['before', 'after'] as const).map((fate) => [survives, fate] as const),
  ).flat();

  it.each(steps)(
    'after %i operations (%s the next one) leaves what the redelivery completes',
    async (survives, fate) => {
      const state = await shop(ONCE);
      const dying = new DyingStore(new MemoryStore(state), survives, fate);
      const xml = textMessage();
      const first = await Promise.race([
        new Relay(dying).take(xml),
        until(() => dying.isDead).then(() => null),
      ]);
      const answers = [first, await new Relay(new MemoryStore(state)).take(xml)].filter(
        (text) => text !== null,
      );
      answers.push(await new Relay(new MemoryStore(state)).take(xml));
      // Whoever answers says the same, and nobody says `success` to a message that has an answer.
      expect(new Set(answers).size).toBe(1);
      expect(content(answers[0] ?? '')).toBe('once');
      const feed = await items(state);
      expect(feed.map(({ kind }) => kind)).toEqual(['message', 'auto-reply']);
      expect(feed[1]?.body.toString()).toBe(answers[0]);
      // The turn of the rule is used up, once.
      Relay.now += 60;
      expect(content(await new Relay(new MemoryStore(state)).take(textMessage()))).toBe('always');
    },
  );

  it('really was killed in these tests, at every one of its operations', async () => {
    const dying = new DyingStore(new MemoryStore(await shop(ONCE)), 9, 'before');
    await new Relay(dying).take(textMessage());
    expect(dying.isDead).toBe(false);
    const tooShort = new DyingStore(new MemoryStore(await shop(ONCE)), 6, 'before');
    void new Relay(tooShort).take(textMessage());
    await until(() => tooShort.isDead);
  });

  it('before its answer was stored does not use up the turn of the rule', async () => {
    const state = await shop(ONCE);
    // The message, the rules, the marks and the claim are done; the answer is not.
    const dying = new DyingStore(new MemoryStore(state), 4, 'before');
    void new Relay(dying).take(textMessage());
    await until(() => dying.isDead);
    expect(state.collections.get('reply-marks')?.size).toBe(1);
    expect(state.collections.get('reply-answers')?.size).toBe(0);
    Relay.now += 60;
    expect(content(await new Relay(new MemoryStore(state)).take(textMessage()))).toBe('once');
  });
});

describe('two relays over one store', () => {
  it('give a storm of redeliveries the same bytes, one report and one mark', async () => {
    const state = await shop(ONCE);
    const take = takeInTurn(state);
    const xml = textMessage();
    const answers = await Promise.all(Array.from({ length: 60 }, () => take(xml)));
    expect(new Set(answers).size).toBe(1);
    expect(content(answers[0] ?? '')).toBe('once');
    expect((await items(state)).map(({ kind }) => kind)).toEqual(['message', 'auto-reply']);
    const [marks] = state.collections.get('reply-marks')?.values() ?? [];
    expect(JSON.parse(marks?.value ?? '')).toEqual({ once: { at: Relay.now } });
  });

  it('answer many messages of one person at once only once by a rule that says so', async () => {
    const state = await shop(ONCE);
    const take = takeInTurn(state);
    const answers = await Promise.all(Array.from({ length: 20 }, () => take(textMessage())));
    const contents = answers.map(content);
    expect(contents.filter((text) => text === 'once')).toHaveLength(1);
    expect(contents.filter((text) => text === 'always')).toHaveLength(19);
  });

  it('answer as the first did, also when the rules have changed in between', async () => {
    const state = await shop([fallback('before')]);
    const xml = textMessage();
    const first = await new Relay(new MemoryStore(state)).take(xml);
    await new RuleStore(new MemoryStore(state), BOX).save(ACCOUNT, {
      ...ruleSet([fallback('after')]),
      version: 2,
    });
    expect(await new Relay(new MemoryStore(state)).take(xml)).toBe(first);
    expect(content(await new Relay(new MemoryStore(state)).take(textMessage()))).toBe('after');
  });

  it('say nothing again where the first said nothing', async () => {
    const state = await shop([fallback('quiet', { enabled: false })]);
    const xml = textMessage();
    expect(await new Relay(new MemoryStore(state)).take(xml)).toBe('success');
    await new RuleStore(new MemoryStore(state), BOX).save(ACCOUNT, {
      ...ruleSet([fallback('loud')]),
      version: 2,
    });
    expect(await new Relay(new MemoryStore(state)).take(xml)).toBe('success');
  });
});

it('[SEC-17] an account that has moved to another workspace is not answered by the rules it had, whatever a relay remembers', async () => {
  const state = await shop([fallback('theirs')]);
  const relay = new Relay(new MemoryStore(state));
  expect(content(await relay.take(textMessage()))).toBe('theirs');
  // Released and claimed at another relay, a moment later.
  await new RuleStore(new MemoryStore(state), BOX).remove(ACCOUNT);
  expect(await relay.rules.find({ ...ACCOUNT, workspaceId: 'w2' })).toBeNull();
});

describe.concurrent('a store that does not answer in time', () => {
  const silent = new Promise<never>(() => undefined);

  it.each(['reply-rules', 'reply-marks', 'reply-answers'])(
    '[S2.2] for %s gets the customer an explicit "no reply" within 5 seconds, and the message is kept',
    async (name) => {
      const state = await shop(ONCE);
      const store = new MemoryStore(state);
      const slow: RelayStore = {
        log: store.log,
        collection: (spec) =>
          spec.name === name
            ? {
                get: () => silent,
                create: () => silent,
                update: () => silent,
                delete: () => silent,
                list: () => silent,
              }
            : store.collection(spec),
        check: () => store.check(),
        close: () => store.close(),
      };
      const began = performance.now();
      expect(await new Relay(slow).take(textMessage())).toBe('success');
      expect(performance.now() - began).toBeLessThan(5_000);
      expect((await items(state)).map(({ kind }) => kind)).toEqual(['message']);
    },
  );

  it('has no effect any more when it wakes up after the customer was told that there is no reply', async () => {
    const state = await shop(ONCE);
    const store = new MemoryStore(state);
    let wake = (): void => undefined;
    const awake = new Promise<void>((resolve) => (wake = resolve));
    const slow: RelayStore = {
      log: store.log,
      collection: (spec) => {
        const inner = store.collection(spec);
        return spec.name === 'reply-rules'
          ? { ...bound(inner), get: (key) => awake.then(() => inner.get(key)) }
          : inner;
      },
      check: () => store.check(),
      close: () => store.close(),
    };
    expect(await new Relay(slow).take(textMessage())).toBe('success');
    wake();
    for (let turn = 0; turn < 20; turn++) await store.check();
    expect((await items(state)).map(({ kind }) => kind)).toEqual(['message']);
    expect(state.collections.get('reply-answers')?.size).toBe(0);
  });

  it('but fails, is as good as no rule', async () => {
    const state = await shop(ONCE);
    const store = new MemoryStore(state);
    const closed = new MemoryStore();
    await closed.close();
    const broken: RelayStore = {
      log: store.log,
      collection: (spec) => closed.collection(spec),
      check: () => store.check(),
      close: () => store.close(),
    };
    expect(await new Relay(broken).take(textMessage())).toBe('success');
    expect(await items(state)).toHaveLength(1);
  });
});

function bound(collection: ReturnType<RelayStore['collection']>): ReturnType<RelayStore['collection']> {
  return {
    get: (key) => collection.get(key),
    create: (key, value) => collection.create(key, value),
    update: (key, value, revision) => collection.update(key, value, revision),
    delete: (key, revision) => collection.delete(key, revision),
    list: (prefix) => collection.list(prefix),
  };
}
