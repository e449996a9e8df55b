import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SealedBox } from '../../secrets/sealed-box';
import { Accounts } from '../../state/accounts';
import type { RelayStore } from '../../store/port';
import { found, type Finding } from './finding';
import type { DoctorLimits } from './limits';
import { postPush, signedPush, verificationQuery } from './relay-checks';
import { ask } from './request';

/** No device is in this workspace, and none can get into it: it is not among those that are invited into. */
const WORKSPACE = 'relay-doctor';
const APPID = 'wx-relay-doctor';
/** A new account may take a moment until every relay of a cluster sees it. */
const ATTEMPTS = 10;
const PAUSE_MS = 300;

/**
 * Sends one message all the way: a temporary account is verified, gets a correctly signed message twice, and the message
 * must be in the store once, unchanged. Account and message are removed afterwards; what a probe that was killed has left
 * is removed by the next one.
 */
export async function probe(
  base: string,
  store: RelayStore,
  box: SealedBox,
  limits: DoctorLimits,
): Promise<Finding> {
  const accounts = new Accounts(store, box);
  const token = randomBytes(8).toString('hex');
  try {
    await cleanUp(accounts, store);
    const key = await accounts.save(WORKSPACE, APPID, { mode: 'sealed', token });
    const before = await store.log.lastSeq(WORKSPACE);
    const verified = await verify(base, key, token, limits);
    if (verified !== null) return found('probe/verify', { status: verified });
    const { query, body } = signedPush(token, APPID, 'probe');
    for (let delivery = 0; delivery < 2; delivery += 1) {
      const outcome = await postPush(base, key, query, body, limits);
      if ('reason' in outcome) return found('probe/push', { status: outcome.reason });
      const { status, body: said } = outcome.answer;
      if (status !== 200 || !/^(success)?$/.test(said)) return found('probe/push', { status });
    }
    const { items } = await store.log.readFeed(WORKSPACE, before, { limit: 10, maxBytes: 1024 * 1024 });
    const copies = items.filter((item) => item.body.toString('utf8') === body).length;
    return copies === 1 && items.length === 1 ? found('probe/ok') : found('probe/lost', { count: copies });
  } finally {
    await cleanUp(accounts, store);
  }
}

/** What was answered instead of the echostr; null when all is well. */
async function verify(
  base: string,
  key: string,
  token: string,
  limits: DoctorLimits,
): Promise<string | number | null> {
  let last: string | number = 404;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const echostr = String(randomInt(2 ** 47));
    const outcome = await ask(`${base}/wx/${key}?${verificationQuery(token, echostr)}`, limits);
    if ('reason' in outcome) return outcome.reason;
    const { status, body } = outcome.answer;
    if (status === 200) return body === echostr ? null : 'echostr';
    last = status;
    if (status !== 404) return last;
    await sleep(PAUSE_MS);
  }
  return last;
}

async function cleanUp(accounts: Accounts, store: RelayStore): Promise<void> {
  await accounts.remove(WORKSPACE, APPID);
  const throughSeq = await store.log.lastSeq(WORKSPACE);
  await store.log.trim(WORKSPACE, { throughSeq, receivedBefore: Number.MAX_SAFE_INTEGER, limit: 1_000 });
}
