/** Methods by which a conversation is put on top, silenced or set aside. */
import { z } from 'zod';
import { done, who } from './common';
import { appid, openid } from './models';

export const markMethods = {
  'conversations.setPinned': {
    input: z.object({ appid, openid, pinned: z.boolean() }).strict(),
    output: done,
  },
  'conversations.setMuted': {
    input: z.object({ appid, openid, muted: z.boolean() }).strict(),
    output: done,
  },
  /** `until`: unix seconds of the server's clock; null brings it back now. What is done comes back with it. */
  'conversations.snooze': {
    input: z.object({ appid, openid, until: z.number().positive().nullable() }).strict(),
    output: done,
  },
  /** Done ends a snooze. */
  'conversations.setDone': {
    input: z.object({ appid, openid, done: z.boolean() }).strict(),
    output: done,
  },
  /** One message counts as unread again. */
  'conversations.markUnread': { input: who, output: done },
} as const;
