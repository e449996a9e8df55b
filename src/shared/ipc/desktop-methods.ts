/** Methods and topics by which the page and the desktop around it (notifications, tray, links) meet. */
import { z } from 'zod';
import { done, none, who } from './common';
import { desktopStatus, sound } from './desktop-models';

/** Where a notification, the tray or a link leads. */
export const deskTarget = z.discriminatedUnion('kind', [
  who.extend({ kind: z.literal('conversation') }),
  /** Conversations whose windows close soon. */
  z.object({ kind: z.literal('closing-soon') }).strict(),
  z.object({ kind: z.literal('needs-reply') }).strict(),
  z.object({ kind: z.literal('inbox') }).strict(),
]);
export type DeskTarget = z.infer<typeof deskTarget>;

export const desktopMethods = {
  'desktop.status': { input: none, output: desktopStatus },
  /** Which conversation is on screen: nothing notifies of it while the window has the focus. */
  'desktop.viewing': {
    input: z.object({ conversation: who.nullable() }).strict(),
    output: done,
  },
  /** Where the page was asked to lead, once: asked at start and at `desktop.targetWaits`. */
  'desktop.takeTarget': { input: none, output: deskTarget.nullable() },
  /** For an hour, or not any more. */
  'desktop.setPaused': { input: z.object({ paused: z.boolean() }).strict(), output: desktopStatus },
  /** Shows one notification, so that the owner sees whether the system lets them through. */
  'desktop.tryNotification': { input: none, output: done },
} as const;

export const desktopTopics = {
  'desktop.changed': desktopStatus,
  'desktop.targetWaits': z.object({}),
  /** The page plays it: the system's own sound is the same for all accounts. */
  'desktop.sound': z.object({ sound }),
} as const;
