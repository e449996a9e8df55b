import { describe, expect, it } from 'vitest';
import { createPublisher } from '#main/ipc/publisher';
import type { Logger } from '#shared/log';
import { silentLogger } from '#shared/log';

function publisher() {
  const sent: unknown[] = [];
  const errors: string[] = [];
  const log: Logger = { ...silentLogger, error: (event) => errors.push(event) };
  const publish = createPublisher({ send: (topic, payload) => sent.push([topic, payload]), log });
  return { publish, sent, errors };
}

describe('the publisher', () => {
  it('sends a payload as its schema describes it', () => {
    const { publish, sent } = publisher();
    publish('clock.changed', { offset: 12 });
    expect(sent).toEqual([['clock.changed', { offset: 12 }]]);
  });

  it('[SEC-11] drops what the schema does not name', () => {
    const { publish, sent } = publisher();
    publish('clock.changed', { offset: 1, databaseKey: 'do-not-tell' } as never);
    expect(sent).toEqual([['clock.changed', { offset: 1 }]]);
  });

  it('sends nothing and does not throw when a payload breaks its schema', () => {
    const { publish, sent, errors } = publisher();
    publish('clock.changed', { offset: 'soon' } as never);
    expect(sent).toEqual([]);
    expect(errors).toEqual(['topic-payload-invalid']);
  });
});
