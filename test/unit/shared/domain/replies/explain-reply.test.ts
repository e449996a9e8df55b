import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseReply, explainReply } from '#shared/domain/replies/choose-reply';
import { compileRules } from '#shared/domain/replies/compile-rules';
import type { ReplyRule } from '#shared/relay/reply-rules';
import {
  context,
  event,
  fallback,
  HOUR,
  keyword,
  MONDAY_NOON,
  picture,
  rule,
  ruleSet,
  text,
} from './samples';

const night = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' };

describe('the explanation of a reply', () => {
  it('gives every rule in the order in which they are asked, with what keeps it from answering', () => {
    const rules = [
      fallback('default', { priority: 100 }),
      keyword('lower', 'contains', 'a', { priority: -5 }),
      keyword('off', 'contains', 'a', { enabled: false, priority: 9 }),
      keyword('else', 'equals', 'b', { priority: 8 }),
      keyword('night', 'contains', 'a', { hours: night, priority: 7 }),
      keyword('again', 'contains', 'a', { oncePerHours: 24, priority: 6 }),
      keyword('winner', 'contains', 'a', { priority: 5 }),
      keyword('off-too', 'contains', 'a', { enabled: false, priority: -6 }),
    ];
    const marks = context(MONDAY_NOON, (id) => (id === 'again' ? MONDAY_NOON - HOUR : null));
    const { chosen, verdicts } = explainReply(compileRules(ruleSet(rules)), text('a'), marks);
    expect(chosen?.rule.id).toBe('winner');
    expect(verdicts.map((verdict) => [verdict.rule.id, verdict.outcome])).toEqual([
      ['off', 'disabled'],
      ['else', 'trigger'],
      ['night', 'hours'],
      ['again', 'once-per'],
      ['winner', 'answers'],
      ['lower', 'lower-priority'],
      ['off-too', 'disabled'],
      ['default', 'lower-priority'],
    ]);
  });

  it('names the first reason when there are several', () => {
    const more = { hours: night, oncePerHours: 1 };
    const rules = [
      keyword('off', 'equals', 'b', { ...more, enabled: false }),
      keyword('else', 'equals', 'b', more),
      keyword('late', 'equals', 'a', more),
    ];
    const marks = context(MONDAY_NOON, () => MONDAY_NOON);
    const { chosen, verdicts } = explainReply(compileRules(ruleSet(rules)), text('a'), marks);
    expect(chosen).toBeNull();
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['disabled', 'trigger', 'hours']);
  });

  const word = fc.constantFrom('a', 'b', 'ab', 'c');
  const trigger: fc.Arbitrary<ReplyRule['trigger']> = fc.oneof(
    fc
      .array(fc.record({ match: fc.constantFrom('equals', 'contains', 'regex'), text: word }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((keywords) => ({ on: 'keyword', keywords }) as const),
    fc.constantFrom<ReplyRule['trigger']>(
      { on: 'default' },
      { on: 'follow' },
      { on: 'follow', scenes: ['a'] },
      { on: 'menu', keys: ['a', 'b'] },
      { on: 'type', types: ['text'] },
      { on: 'type', types: ['image', 'voice'] },
    ),
  );
  const mostly = fc.constantFrom(true, true, true, true, false);
  const someRules = fc
    .array(
      fc.record(
        {
          enabled: mostly,
          priority: fc.integer({ min: -2, max: 2 }),
          trigger,
          hours: fc.constantFrom(undefined, undefined, night, {
            weekdays: [1, 3],
            from: '09:00',
            to: '18:00',
          }),
          oncePerHours: fc.constantFrom(undefined, undefined, 1, 2, 3),
        },
        { requiredKeys: ['enabled', 'priority', 'trigger'] },
      ),
      { minLength: 2, maxLength: 8 },
    )
    .map((list) => list.map((input, index) => rule({ id: `r${index}`, ...input })));
  const someMessage = fc.oneof(
    fc.constantFrom('', 'a', 'b', 'A b', 'abc', 'x').map(text),
    fc.constant(picture()),
    fc
      .tuple(fc.constantFrom('subscribe', 'SCAN', 'CLICK', 'VIEW'), fc.constantFrom('a', 'c', 'qrscene_a'))
      .map(([name, key]) => event(name, key)),
  );
  const someContext = fc
    .tuple(
      fc.integer({ min: 0, max: 7 * 24 }),
      fc.array(fc.option(fc.integer({ min: -1, max: 4 })), { maxLength: 8 }),
    )
    .map(([hour, marks]) => {
      const now = MONDAY_NOON + hour * HOUR;
      return context(now, (id) => {
        const ago = marks[Number(id.slice(1))];
        return ago === null || ago === undefined ? null : now - ago * HOUR;
      });
    });

  it('agrees with the choice, is the same every time, and leaves no rule out', () => {
    let answered = 0;
    fc.assert(
      fc.property(someRules, someMessage, someContext, (rules, message, at) => {
        const compiled = compileRules(ruleSet(rules));
        const { chosen, verdicts } = explainReply(compiled, message, at);
        expect(chooseReply(compiled, message, at)).toEqual(chosen);
        expect(explainReply(compileRules(ruleSet(rules)), message, at)).toEqual({ chosen, verdicts });
        expect(new Set(verdicts.map((verdict) => verdict.rule.id))).toEqual(
          new Set(rules.map(({ id }) => id)),
        );
        const winners = verdicts.filter(({ outcome }) => outcome === 'answers');
        expect(winners.map((verdict) => verdict.rule)).toEqual(chosen ? [chosen.rule] : []);
        if (chosen) answered += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(answered).toBeGreaterThan(200);
  });

  it('agrees with asking every rule alone: the winner is the first of those that would answer', () => {
    fc.assert(
      fc.property(someRules, someMessage, someContext, (rules, message, at) => {
        const alone = rules.filter((one) => chooseReply(compileRules(ruleSet([one])), message, at) !== null);
        const isDefault = (one: ReplyRule): boolean => one.trigger.on === 'default';
        const best = alone.find((one, index) =>
          alone.every(
            (other, otherIndex) =>
              other === one ||
              (isDefault(one) !== isDefault(other)
                ? isDefault(other)
                : one.priority !== other.priority
                  ? one.priority > other.priority
                  : index < otherIndex),
          ),
        );
        const winner = chooseReply(compileRules(ruleSet(rules)), message, at);
        expect(winner?.rule.id).toBe(best?.id);
      }),
      { numRuns: 1_000 },
    );
  });
});
