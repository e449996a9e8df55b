import { z } from 'zod';
import type { UnixSeconds } from '#shared/domain/clock';
import { accountGap, bindingDraft, type AccountGap, type BindingDraft } from '#shared/ipc/binding-models';
import type { Database } from '../db/port/database';

type Meta = Pick<Database['meta'], 'get' | 'set'>;

const DRAFT = 'binding-draft';
/** When each account that is away was left. */
const AWAY = 'accounts-away';
const GAPS = 'account-gaps';
/** When the newest callback before each binding was taken in, by the relay's clock. */
const BEFORE = 'accounts-received-before';

const before = z.record(z.string(), z.number());
const away = z.record(z.string(), z.number());
const gaps = z.array(accountGap);

async function read<T>(meta: Meta, key: string, schema: z.ZodType<T>, otherwise: T): Promise<T> {
  const text = await meta.get(key);
  if (text === null) return otherwise;
  // What another version wrote differently is started anew: nothing here is worth refusing to work.
  return schema.safeParse(JSON.parse(text)).data ?? otherwise;
}

/** What is remembered of connecting and leaving, beside the accounts themselves. */
export function accountMemory(meta: Meta) {
  const put = (key: string, value: unknown): Promise<void> => meta.set(key, JSON.stringify(value));
  return {
    draft: (): Promise<BindingDraft | null> => read(meta, DRAFT, bindingDraft.nullable(), null),
    saveDraft: (draft: BindingDraft | null): Promise<void> => put(DRAFT, draft),

    /** The account was left; leaving it again changes nothing. */
    async left(appid: string, at: UnixSeconds): Promise<void> {
      const known = await read(meta, AWAY, away, {});
      if (known[appid] === undefined) await put(AWAY, { ...known, [appid]: at });
    },

    /** The account is back: the time between becomes a gap. Returns whether there was one. */
    async returned(appid: string, until: UnixSeconds): Promise<boolean> {
      const { [appid]: from, ...others } = await read(meta, AWAY, away, {});
      if (from === undefined) return false;
      const known = await read(meta, GAPS, gaps, []);
      await put(GAPS, [...known, { appid, from, until }]);
      await put(AWAY, others);
      return true;
    },

    /** From now on only what is newer than this counts as received; both are times of the relay's clock. */
    async began(appid: string, receivedAt: UnixSeconds | null): Promise<void> {
      const { [appid]: _former, ...others } = await read(meta, BEFORE, before, {});
      await put(BEFORE, receivedAt === null ? others : { ...others, [appid]: receivedAt });
    },

    receivedBefore: async (appid: string): Promise<UnixSeconds | null> =>
      (await read(meta, BEFORE, before, {}))[appid] ?? null,

    gaps: (): Promise<AccountGap[]> => read(meta, GAPS, gaps, []),

    async forget(appid: string): Promise<void> {
      const { [appid]: _gone, ...others } = await read(meta, AWAY, away, {});
      await put(AWAY, others);
      const known = await read(meta, GAPS, gaps, []);
      await put(
        GAPS,
        known.filter((gap) => gap.appid !== appid),
      );
    },
  };
}
