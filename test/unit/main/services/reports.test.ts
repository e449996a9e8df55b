import { expect, it } from 'vitest';
import type { Database } from '#main/db/port/database';
import { createReportsService } from '#main/services/reports';
import { APPID, commit, inbound, openidOf, text } from '../db/fixture';
import { useDatabase } from '../db/use-database';

const DAY = 86_400;
const NOW = 1_790_000_000;

let db: Database;
useDatabase((opened) => (db = opened));

it('[I18] saves the whole list of who was not answered, also a long one', async () => {
  const many = 2_345;
  await commit(
    db,
    ...Array.from({ length: many }, (_, n) =>
      inbound(openidOf(n), NOW - 3 * DAY + n, text(`第 ${String(n)} 位`)),
    ),
  );
  let saved = '';
  const reports = createReportsService({
    ...{ db, clock: { now: () => NOW }, locale: () => 'zh-CN' as const },
    dialogs: {
      save: ({ bytes }) => {
        saved = new TextDecoder().decode(bytes);
        return Promise.resolve(true);
      },
      open: () => Promise.resolve(null),
    },
  });
  await reports.exportMissed({ appid: APPID, from: NOW - 10 * DAY, to: NOW, reason: null });
  const lines = saved.trim().split('\r\n').slice(1);
  expect(lines).toHaveLength(many);
  expect(new Set(lines).size).toBe(many);
});
