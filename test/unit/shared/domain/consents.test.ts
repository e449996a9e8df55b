import { describe, expect, it } from 'vitest';
import { consentsLeft, type ConsentFact } from '#shared/domain/consents';

const oneTime = (scene: string, agreed = true): ConsentFact => ({
  ...{ kind: 'one-time', templateId: 'T1', scene, agreed },
});
const notice = (step: Extract<ConsentFact, { kind: 'notice' }>['step'], templateId = 'T1'): ConsentFact => ({
  ...{ kind: 'notice', templateId, step },
});

describe('consents', () => {
  it('are none at first', () => {
    expect(consentsLeft([])).toEqual({ oneTime: 0, notices: 0 });
  });

  it('[I11] to a one-time subscription count once in one scene, and once in each', () => {
    expect(consentsLeft([oneTime('1'), oneTime('1'), oneTime('2')]).oneTime).toBe(2);
  });

  it('to a one-time subscription end with the last word', () => {
    expect(consentsLeft([oneTime('1'), oneTime('1', false)]).oneTime).toBe(0);
    expect(consentsLeft([oneTime('1', false), oneTime('1')]).oneTime).toBe(1);
  });

  it('to subscription notices are one for each accepted prompt, less what was sent', () => {
    const accepted = [notice('accepted'), notice('accepted'), notice('accepted', 'T2')];
    expect(consentsLeft(accepted).notices).toBe(3);
    expect(consentsLeft([...accepted, notice('sent')]).notices).toBe(2);
    expect(consentsLeft([notice('sent'), notice('accepted')]).notices).toBe(1);
  });

  it('to a template end when it is switched off, others stay', () => {
    const facts = [notice('accepted'), notice('accepted', 'T2'), notice('switched-off')];
    expect(consentsLeft(facts).notices).toBe(1);
  });
});
