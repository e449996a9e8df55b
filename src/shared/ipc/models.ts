/**
 * What main tells the page. Pages hold caches of what is on screen; lists are read by window (`offset`, `limit`).
 * No schema here may carry a secret: a test walks every output.
 */
import { z } from 'zod';
import type { InboundContent, ShownContent } from '../domain/message';
import type { WindowRecord } from '../domain/window';
import { OUTBOUND_STATUSES } from '../domain/message';
import { TRIGGERS } from '../domain/window';
import { desktopSettings } from './desktop-models';

const seconds = z.number();
export const appid = z.string().regex(/^wx[0-9a-f]{16}$/);
export const openid = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/);

export const localePreference = z.enum(['system', 'zh-CN', 'en']);
export const themePreference = z.enum(['system', 'light', 'dark']);

export const settings = z.object({
  locale: localePreference,
  theme: themePreference,
  /** Widths of panes in CSS pixels, by pane name. */
  paneWidths: z.record(z.string(), z.number().min(120).max(1200)),
  profilePaneOpen: z.boolean(),
  ...desktopSettings,
  /** Customers see that an answer is being written. */
  showTyping: z.boolean(),
  /** WeChat's emoji that were picked last, newest first; codes. */
  recentEmoji: z.array(z.string().max(24)).max(24),
});
export type Settings = z.infer<typeof settings>;

export const appErrorData = z.object({
  code: z.string(),
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  rid: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  retryable: z.boolean().optional(),
});

export const bootstrap = z.object({
  version: z.string(),
  runtime: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  /** Resolved from the setting and the system's language. */
  locale: z.enum(['zh-CN', 'en']),
  settings,
  /** Present when the app cannot work: no keychain, database damaged or newer, … The page then shows only this. */
  blocked: appErrorData.nullable(),
});

export const accountKind = z.enum(['service', 'subscription']);
export const connection = z.object({
  /** `offline`: the relay cannot be reached; messages wait there. */
  state: z.enum(['connected', 'connecting', 'offline', 'off']),
  error: appErrorData.nullable(),
  /** When the relay last answered. */
  lastSeenAt: seconds.nullable(),
});

export const account = z.object({
  appid,
  originalId: z.string().nullable(),
  name: z.string(),
  /** Index into the eight account colours. */
  colour: z.number().int().min(0).max(7),
  kind: accountKind,
  verified: z.boolean(),
  verificationExpiresAt: seconds.nullable(),
  region: z.enum(['mainland', 'overseas']),
  door: z.enum(['manual', 'scan', 'demo']),
  status: z.enum(['bound', 'unbound', 'frozen']),
  boundAt: seconds,
  /**
   * `sealed`: the relay cannot read a message. `assisted`: the owner gave it the AES key, and it answers by rules.
   * `component`: the relay's operator holds the keys, as with every account that was added by scanning.
   */
  relayMode: z.enum(['sealed', 'assisted', 'component']),
  /** Ids of the permission sets that the administrator granted; absent unless authorized by scanning. */
  permissionSets: z.array(z.number().int()).optional(),
  /** What to paste at mp.weixin.qq.com; Token and AES key go by clipboard only (accounts.copyServerSetting). */
  callbackUrl: z.string().nullable(),
  followers: z.number().int(),
  /** Messages; those of muted, snoozed and done conversations do not count. */
  unread: z.number().int(),
  /** Conversations; muted, snoozed and done ones do not count. */
  needsReply: z.number().int(),
  /** Muted conversations that wait for a reply. */
  needsReplyMuted: z.number().int(),
  connection,
});
export type Account = z.infer<typeof account>;

export const windowRecord: z.ZodType<WindowRecord> = z.object({
  following: z.boolean(),
  blocked: z.boolean(),
  refusing: z.boolean(),
  grant: z
    .object({
      trigger: z.enum(TRIGGERS),
      grantedAt: seconds,
      expiresAt: seconds,
      quota: z.number().int(),
      remaining: z.number().int(),
      uncertain: z.number().int(),
    })
    .nullable(),
  closedByWeChat: z.boolean(),
});

export const tag = z.object({ appid, id: z.number().int(), name: z.string(), count: z.number().int() });
export type Tag = z.infer<typeof tag>;

export const follower = z.object({
  appid,
  openid,
  /** The shop's own name for this person; local. */
  alias: z.string().nullable(),
  /** WeChat's 备注名. */
  remark: z.string(),
  note: z.string().nullable(),
  tagIds: z.array(z.number().int()),
  following: z.boolean(),
  blocked: z.boolean(),
  subscribedAt: seconds.nullable(),
  unsubscribedAt: seconds.nullable(),
  /** subscribe_scene, e.g. ADD_SCENE_QR_CODE. */
  scene: z.string().nullable(),
  /** The scene of the QR code that led here. */
  qrScene: z.string().nullable(),
  unionid: z.string().nullable(),
  firstContactAt: seconds.nullable(),
  lastMessageAt: seconds.nullable(),
  /** The first text this person wrote. */
  firstWords: z.string().nullable(),
  window: windowRecord,
});
export type Follower = z.infer<typeof follower>;

export const timelineEntry = z.object({
  id: z.string(),
  at: seconds,
  kind: z.enum([
    'followed',
    'unfollowed',
    'scanned',
    'menu',
    'location',
    'message-in',
    'message-out',
    'message-automatic',
    'template',
    'imported',
    'verification',
    'other',
  ]),
  /** Scene, menu key, URL, first words …; data, drawn as text. */
  detail: z.string().nullable(),
  /** Of a message that is no text: what it is instead; `detail` is then null. */
  content: z.string().optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const importState = z.object({
  appid,
  phase: z.enum(['idle', 'listing', 'details', 'paused', 'done', 'failed']),
  /** Followers that WeChat says exist; null before the first answer. */
  total: z.number().int().nullable(),
  listed: z.number().int(),
  detailed: z.number().int(),
  startedAt: seconds.nullable(),
  finishedAt: seconds.nullable(),
  error: appErrorData.nullable(),
});
export type ImportState = z.infer<typeof importState>;

export const mediaState = z.object({
  /** `none`: this message has no media. `expired`: WeChat's copy is older than three days and was not fetched. */
  state: z.enum(['none', 'pending', 'ready', 'expired', 'failed']),
  /** app://media/… */
  url: z.string().nullable(),
  mime: z.string().nullable(),
  bytes: z.number().int().nullable(),
});

export const mediaProgress = z.object({
  appid,
  openid,
  /** The message's id. */
  messageId: z.string(),
  sent: z.number().int(),
  total: z.number().int(),
});

const inboundContent = z.custom<InboundContent>((value) => typeof value === 'object' && value !== null);
const shownContent = z.custom<ShownContent>((value) => typeof value === 'object' && value !== null);

export const message = z.object({
  id: z.string(),
  appid,
  openid,
  /** Unix seconds of WeChat for inbound, of our server clock for outbound. */
  at: seconds,
  /** Rising within one conversation; the order on screen. */
  seq: z.number().int(),
  body: z.discriminatedUnion('direction', [
    z.object({ direction: z.literal('in'), content: inboundContent }),
    z.object({
      direction: z.literal('out'),
      content: shownContent,
      /** The relay answered so by a rule (被动回复): it cost none of the replies that WeChat allows. */
      automatic: z.boolean(),
      status: z.enum(OUTBOUND_STATUSES),
      /** Why it failed, or why it still waits. */
      failure: appErrorData.nullable(),
      /** The failed message that this one tries again. */
      retryOf: z.string().nullable(),
    }),
  ]),
  media: mediaState,
});
export type Message = z.infer<typeof message>;

export const conversation = z.object({
  appid,
  openid,
  alias: z.string().nullable(),
  remark: z.string(),
  following: z.boolean(),
  lastAt: seconds,
  /** The newest message; null when only a draft exists. */
  last: message.nullable(),
  unread: z.number().int(),
  /** The follower spoke last. */
  needsReply: z.boolean(),
  hasFailed: z.boolean(),
  starred: z.boolean(),
  /** Stays on top of every order. */
  pinned: z.boolean(),
  /** Makes no notification and does not count in any badge. */
  muted: z.boolean(),
  /** Left out of the inbox until then, or until the person writes. */
  snoozedUntil: seconds.nullable(),
  /** When the last snooze ended by itself and nothing has happened since; null else. */
  returnedAt: seconds.nullable(),
  /** Left out of the inbox until the person writes. */
  done: z.boolean(),
  draft: z.string().nullable(),
  /** How many things are prepared beside the text of the draft: files, piled texts, cards half written. */
  waiting: z.number().int(),
  window: windowRecord,
});
export type Conversation = z.infer<typeof conversation>;

export const demoStatus = z.object({
  state: z.enum(['off', 'starting', 'running', 'failed']),
  /** 1-based step of `steps` while starting. */
  step: z.number().int(),
  steps: z.number().int(),
  appid: appid.nullable(),
  error: appErrorData.nullable(),
});
export type DemoStatus = z.infer<typeof demoStatus>;
