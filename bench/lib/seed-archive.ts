import { openConnection } from '#main/db/worker/open';

const FOLLOWERS_PER_BATCH = 20_000;
const MESSAGES_PER_BATCH = 50_000;

/**
 * Fills a database with the rows that years of callbacks leave, in plain SQL, as a version before the search index wrote
 * them: the index then has everything before it. One account; the first conversation was spoken in last.
 */
export function seedArchive(options: {
  readonly path: string;
  readonly key: string;
  readonly conversations: number;
  readonly messages: number;
  readonly text: (index: number) => string;
  /** Whose a message is; every conversation as long as the others when absent. */
  readonly conversationOf?: (index: number) => number;
  /** The first so many are starred. */
  readonly starred?: number;
}): void {
  const { path, key, conversations, messages, text, starred = 0 } = options;
  const conversationOf = options.conversationOf ?? ((index: number) => index % conversations);
  const last = new Map<number, number>();
  for (let index = 0; index < messages; index += 1) last.set(conversationOf(index), index + 1);
  const now = Math.floor(Date.now() / 1000);
  const connection = openConnection({ path, key });
  connection.write((db) =>
    db.run(
      `INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at)
       VALUES (1, 'wx00000000000be7c4', '测速花店', 0, 'service', 1, 'mainland', 'manual', 'unbound', ?)`,
      now,
    ),
  );
  for (let from = 0; from < conversations; from += FOLLOWERS_PER_BATCH) {
    connection.write((db) => {
      for (let index = from; index < Math.min(conversations, from + FOLLOWERS_PER_BATCH); index += 1) {
        const id = index + 1;
        const remark = index % 5 === 0 ? `老客 ${String(index)}` : '';
        db.run(
          'INSERT INTO followers (id, account_id, openid, code, following, remark, last_message_at) VALUES (?, 1, ?, ?, 1, ?, ?)',
          id,
          `oBench${String(index).padStart(22, '0')}`,
          'K7M2',
          remark,
          now - index,
        );
        if (remark !== '')
          db.run('INSERT INTO follower_search (rowid, words) VALUES (?, ?)', id, `老客 客 ${String(index)}`);
        db.run(
          `INSERT INTO conversations (follower_id, account_id, listed, last_at, last_message_id, starred, window_record)
           VALUES (?, 1, 1, ?, ?, ?, ?)`,
          id,
          now - index,
          last.get(index) ?? null,
          Number(index < starred),
          WINDOW,
        );
      }
    });
  }
  for (let from = 0; from < messages; from += MESSAGES_PER_BATCH) {
    connection.write((db) => {
      for (let index = from; index < Math.min(messages, from + MESSAGES_PER_BATCH); index += 1) {
        const content = { kind: 'text', text: text(index) };
        db.run(
          `INSERT INTO messages (account_id, follower_id, direction, at, content, dedupe_key, received_at)
           VALUES (1, ?, 'in', ?, ?, ?, ?)`,
          conversationOf(index) + 1,
          now - (messages - index) * 30,
          JSON.stringify(content),
          String(index),
          now,
        );
      }
    });
  }
  connection.write((db) =>
    db.run(
      "INSERT OR REPLACE INTO meta (key, value) VALUES ('message-search', json_object('rest', ?, 'total', ?))",
      messages,
      messages,
    ),
  );
  connection.close();
}

const WINDOW = JSON.stringify({
  following: true,
  blocked: false,
  refusing: false,
  grant: null,
  closedByWeChat: false,
});
