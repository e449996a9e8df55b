/** Methods of the search over everything that is stored, and of the way to what was found. */
import { z } from 'zod';
import { done, none } from './common';
import { appid, message, openid } from './models';
import { chatSearch, indexProgress, searchPage, searchText } from './search-models';

const MAX_CONVERSATIONS = 50;
const MAX_MESSAGES = 200;

export const searchMethods = {
  /** Newest first, by conversation; `before` is `next` of the page before. @throws search/not-understood */
  'search.everywhere': {
    input: z
      .object({
        appid: appid.nullable(),
        text: searchText,
        before: z.number().int().nullable(),
        limit: z.number().int().min(1).max(MAX_CONVERSATIONS),
      })
      .strict(),
    output: searchPage,
  },
  /** Where it was found in one conversation. @throws search/not-understood */
  'search.inConversation': {
    input: z.object({ appid, openid, text: searchText }).strict(),
    output: chatSearch,
  },
  /** null: everything is indexed. */
  'search.indexing': { input: none, output: z.object({ progress: indexProgress.nullable() }) },
  /** What was searched last, newest first. */
  'search.recent': { input: none, output: z.object({ texts: z.array(z.string()) }) },
  'search.remember': { input: z.object({ text: searchText }).strict(), output: done },
  'search.forgetRecent': { input: none, output: done },
  /** The stretch of a conversation around a message (its `seq`), about half of `limit` on each side. */
  'conversations.around': {
    input: z
      .object({
        appid,
        openid,
        seq: z.number().int(),
        limit: z.number().int().min(2).max(MAX_MESSAGES),
      })
      .strict(),
    output: z.object({ messages: z.array(message), more: z.boolean(), moreNewer: z.boolean() }),
  },
  /** Oldest first from behind `after` (a message's `seq`). */
  'conversations.messagesAfter': {
    input: z
      .object({
        appid,
        openid,
        after: z.number().int(),
        limit: z.number().int().min(1).max(MAX_MESSAGES),
      })
      .strict(),
    output: z.object({ messages: z.array(message), moreNewer: z.boolean() }),
  },
} as const;
