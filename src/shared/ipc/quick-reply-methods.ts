/** Methods about quick replies. The library is small by its own limit, so it is read whole. */
import { z } from 'zod';
import { pictureInput } from './card-methods';
import { stagedPicture } from './card-models';
import { done, none } from './common';
import { appid } from './models';
import {
  importPlan,
  keptQuickReply,
  quickReply,
  quickReplyBody,
  quickReplyFolder,
  quickReplyLibrary,
  replyId,
  shopWords,
} from './quick-reply-models';

const byId = z.object({ id: replyId }).strict();

export const quickReplyMethods = {
  'quickReplies.list': { input: none, output: quickReplyLibrary },
  /** Keeps a new reply, or a changed one in its place. Refuses what checkQuickReply refuses. */
  'quickReplies.save': { input: quickReply.strict(), output: keptQuickReply },
  /** Out of sight at once; `quickReplies.restore` brings it back as it was. */
  'quickReplies.remove': { input: byId, output: done },
  'quickReplies.restore': { input: byId, output: done },
  /** Puts a reply before another one of the same folder; `before` null: at the end. */
  'quickReplies.move': {
    input: z.object({ id: replyId, folderId: replyId.nullable(), before: replyId.nullable() }).strict(),
    output: done,
  },
  'quickReplies.saveFolder': {
    input: z.object({ id: replyId.nullable(), name: z.string().min(1).max(60) }).strict(),
    output: quickReplyFolder,
  },
  /** Its replies stay, without a folder. */
  'quickReplies.removeFolder': { input: byId, output: done },
  'quickReplies.moveFolder': {
    input: z.object({ id: replyId, before: replyId.nullable() }).strict(),
    output: done,
  },
  /** Counts a use. A picture of the body is handed over to the account, to be sent: the answer names it there. */
  'quickReplies.use': {
    input: z.object({ id: replyId, appid, body: quickReplyBody }).strict(),
    output: z.object({ body: quickReplyBody, picture: stagedPicture.nullable() }),
  },
  'quickReplies.saveShopWords': {
    input: z.object({ appid: appid.nullable(), words: shopWords }).strict(),
    output: done,
  },
  /** Adds the starter set; what is there by shortcut or name stays as it is. */
  'quickReplies.addStarter': {
    input: z.object({ names: z.enum(['zh', 'en']) }).strict(),
    output: z.object({ added: z.number().int() }),
  },
  'quickReplies.stagePicture': { input: z.object(pictureInput).strict(), output: stagedPicture },
  /** Asks where to; `count` null: the person thought better of it. */
  'quickReplies.export': { input: none, output: z.object({ count: z.number().int().nullable() }) },
  /** An empty table with the headings that an import reads. */
  'quickReplies.exportTable': { input: none, output: z.object({ saved: z.boolean() }) },
  /** Asks for a file and tells what it would do; null: the person thought better of it. */
  'quickReplies.chooseImport': { input: none, output: importPlan.nullable() },
  'quickReplies.applyImport': {
    input: z.object({ planId: z.string().max(64) }).strict(),
    output: z.object({ added: z.number().int(), updated: z.number().int() }),
  },
} as const;
