/** Methods about one person, about the people who answer, and about who was not answered. */
import { z } from 'zod';
import { byAppid, page, who } from './common';
import { appid, follower, openid, tag } from './models';
import {
  consentsLeft,
  kfDesk,
  kfSession,
  missedReport,
  MISSED_REASONS,
  pastWindow,
  relatedPerson,
} from './people-models';

const kfAccount = z.string().max(60);
const period = {
  /** null: all accounts. */
  appid: appid.nullable(),
  /** Windows that closed in [from, to), unix seconds. */
  from: z.number(),
  to: z.number(),
  reason: z.enum(MISSED_REASONS).nullable(),
};

export const peopleMethods = {
  /** WeChat's 备注名, at WeChat first: what is refused there changes nothing here. */
  'people.setRemark': {
    input: z.object({ appid, openid, remark: z.string().max(60) }).strict(),
    output: follower,
  },
  /** The follower carries exactly these own tags afterwards. */
  'people.setTags': {
    input: z.object({ appid, openid, tagIds: z.array(z.number().int()).max(20) }).strict(),
    output: follower,
  },
  'people.createTag': { input: z.object({ appid, name: z.string().min(1).max(60) }).strict(), output: tag },
  'people.setBlocked': {
    input: z.object({ appid, openid, blocked: z.boolean() }).strict(),
    output: follower,
  },
  /** Reply windows of this person, newest first. */
  'people.windows': { input: who, output: z.array(pastWindow) },
  /** The same person at other accounts of this desktop. */
  'people.related': { input: who, output: z.array(relatedPerson) },
  /** What this person agreed to and what was not spent, as far as it is known here. */
  'people.consents': { input: who, output: consentsLeft },
  'kf.desk': { input: byAppid, output: kfDesk },
  /** Under whose name replies go out from now on; null: the account's own. */
  'kf.speakAs': {
    input: z.object({ appid, account: kfAccount.nullable() }).strict(),
    output: kfDesk,
  },
  'kf.add': {
    input: z.object({ appid, prefix: z.string().max(20), nick: z.string().max(40) }).strict(),
    output: kfDesk,
  },
  'kf.remove': { input: z.object({ appid, account: kfAccount }).strict(), output: kfDesk },
  'kf.invite': {
    input: z.object({ appid, account: kfAccount, wechatId: z.string().max(40) }).strict(),
    output: kfDesk,
  },
  /** Who serves this person at WeChat's own console. */
  'kf.session': { input: who, output: kfSession },
  /** Hands the person to a worker, from whoever serves them; null: ends the session. */
  'kf.assign': {
    input: z.object({ appid, openid, account: kfAccount.nullable() }).strict(),
    output: kfSession,
  },
  'reports.missed': { input: z.object({ ...period, ...page }).strict(), output: missedReport },
  /** Saves the whole list as a CSV file that the person chooses; false when they chose none. */
  'reports.exportMissed': { input: z.object(period).strict(), output: z.object({ saved: z.boolean() }) },
} as const;
