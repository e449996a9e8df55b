/** Methods about one message: what it is, what it sounds like, and its file. */
import { z } from 'zod';
import { who } from './common';
import { appErrorData, appid, openid } from './models';

const oneMessage = z.object({ appid, openid, messageId: z.string().max(64) }).strict();

export const messageDetails = z.object({
  /** WeChat's MsgId; null for events and for what we sent. */
  msgId: z.string().nullable(),
  /** When it was stored here; null for what we sent. */
  receivedAt: z.number().nullable(),
  /** The XML that WeChat sent, or the relay's reply; null for what was sent by API. */
  raw: z.string().nullable(),
  failure: appErrorData.nullable(),
});
export type MessageDetails = z.infer<typeof messageDetails>;

export const messageMethods = {
  /** @throws conversation/not-found */
  'messages.details': { input: oneMessage, output: messageDetails },
  /** Asks where to, and writes the file there; `saved` false: the person thought better of it. */
  'messages.saveMedia': { input: oneMessage, output: z.object({ saved: z.boolean() }) },
  /** An image for the page to put on the clipboard; null when it cannot be read as a picture. */
  'messages.png': { input: oneMessage, output: z.object({ png: z.instanceof(Uint8Array).nullable() }) },
  /** Asks WeChat whether this person still follows; whoever has left is marked [S1.10]. @throws AppError of WeChat or the network */
  'messages.checkFollower': { input: who, output: z.object({ following: z.boolean() }) },
  /** How loud a follower's voice is from beginning to end (0 to 1); null where only the player can read the format. */
  'messages.waveform': {
    input: oneMessage,
    output: z.object({
      waveform: z.object({ peaks: z.array(z.number()), seconds: z.number() }).nullable(),
    }),
  },
} as const;
