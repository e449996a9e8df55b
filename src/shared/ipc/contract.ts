/** The one contract between page and main: method name -> input and output schema; topic name -> payload schema. */
import { z } from 'zod';
import { deviceParams } from '../relay/protocol';
import { replyRuleSet } from '../relay/reply-rules';
import { byAppid, done, none } from './common';
import { accountGap, bindingChecks, bindingDraft, relayAddresses } from './binding-models';
import { cardMethods } from './card-methods';
import { conversationMethods } from './conversation-methods';
import { desktopMethods, desktopTopics } from './desktop-methods';
import { examination } from './doctor-models';
import { followerMethods } from './follower-methods';
import { messageMethods } from './message-methods';
import { markMethods } from './mark-methods';
import type { MethodName, TopicName } from './names';
import {
  account,
  accountKind,
  appid,
  bootstrap,
  demoStatus,
  importState,
  mediaProgress,
  message,
  openid,
  settings,
} from './models';
import { peopleMethods } from './people-methods';
import { authorizationAttempt, authorizeBegin, authorizePair, authorizingRelay } from './authorize-models';
import {
  autoReplies,
  autoRepliesSave,
  byLink,
  explainInput,
  explanation,
  invitation,
  ownerNotice,
  pairedRelay,
  relayDevices,
} from './relay-models';
import { indexProgress } from './search-models';
import { searchMethods } from './search-methods';
import { quickReplyMethods } from './quick-reply-methods';
import { takeover } from './takeover-models';

// zod's JIT probe calls `new Function`, which the content security policy reports.
z.config({ jitless: true });

export const bindInput = z
  .object({
    name: z.string().min(1).max(40),
    appid: z.string().max(64),
    secret: z.string().max(128),
    region: z.enum(['mainland', 'overseas']),
    /** What the owner says; used only where WeChat does not tell. */
    kind: accountKind.optional(),
    relayUrl: z.string().max(300),
    pairingCode: z.string().max(64),
    /** The EncodingAESKey that WeChat's console has already; a new one is made when absent. */
    encodingAESKey: z.string().max(128).optional(),
    /** The Token that goes with it, for an account that another computer of the shop has connected. */
    callbackToken: z.string().max(64).optional(),
    /** WeChat's API host; the official one when absent. */
    apiOrigin: z.string().max(300).optional(),
  })
  .strict();

export const contract = {
  'app.bootstrap': { input: none, output: bootstrap },
  /** https only; parsed and re-serialised before the system browser sees it. */
  'app.openExternal': { input: z.object({ url: z.string().max(2048) }).strict(), output: done },
  'settings.update': { input: settings.partial().strict(), output: settings },
  'accounts.list': { input: none, output: z.array(account) },
  /** Checks AppID and secret with WeChat, pairs with the relay, registers the callback; kind and verification are probed. */
  'accounts.bind': { input: bindInput, output: account },
  /** Main puts one value to paste at mp.weixin.qq.com on the clipboard; Token and AES key never reach the page. */
  'accounts.copyServerSetting': {
    input: z.object({ appid, value: z.enum(['url', 'token', 'aes-key']) }).strict(),
    output: done,
  },
  'accounts.update': {
    input: z
      .object({
        appid,
        name: z.string().min(1).max(40).optional(),
        colour: z.number().int().min(0).max(7).optional(),
        /** Where the account is registered, which WeChat does not tell. */
        region: z.enum(['mainland', 'overseas']).optional(),
      })
      .strict(),
    output: account,
  },
  'accounts.disconnect': { input: byAppid, output: account },
  'accounts.reconnect': { input: byAppid, output: account },
  /** Removes the account with everything it ever received, for good. */
  'accounts.erase': { input: byAppid, output: done },
  /** Assisted: the relay gets the AES key and the rules, and answers by them. Sealed: it forgets both. */
  'accounts.setRelayMode': {
    input: z.object({ appid, mode: z.enum(['sealed', 'assisted']) }).strict(),
    output: account,
  },
  /** `keep`: everything stays readable, frozen. `erase`: nothing stays. The relay and the keychain forget it either way. */
  'accounts.remove': {
    input: z.object({ appid, data: z.enum(['keep', 'erase']) }).strict(),
    output: done,
  },
  /** Times without a connection whose followers have not been read again since. */
  'accounts.gaps': { input: none, output: z.array(accountGap) },
  /** Origins of the relays that this computer is paired with. */
  'binding.relays': { input: none, output: z.array(z.string()) },
  /** Pairs with the relay, or uses the pairing there is when no code is given, and tells its addresses. */
  'binding.reachRelay': {
    input: z.object({ relayUrl: z.string().max(300), pairingCode: z.string().max(64) }).strict(),
    output: relayAddresses,
  },
  'binding.draft': { input: none, output: bindingDraft.nullable() },
  'binding.saveDraft': { input: bindingDraft, output: done },
  'binding.dropDraft': { input: none, output: done },
  'binding.checks': { input: byAppid, output: bindingChecks },
  'autoReplies.get': { input: byAppid, output: autoReplies },
  /** Kept here at once and sent to the relay when it can be reached. A rule that cannot work is refused by name. */
  'autoReplies.save': { input: autoRepliesSave, output: autoReplies },
  /** What would answer, and why no other rule. */
  'autoReplies.explain': { input: explainInput, output: explanation },
  /** One of the replaced sets. */
  'autoReplies.replaced': {
    input: z.object({ appid, id: z.number().int() }).strict(),
    output: replyRuleSet,
  },
  /** null while nothing was read from the website yet. */
  'takeover.get': { input: byAppid, output: takeover.nullable() },
  /** Reads and keeps menu and replies of the website; does nothing while something was published or imported. */
  'takeover.snapshot': { input: byAppid, output: takeover },
  'takeover.publishMenu': { input: byAppid, output: takeover },
  /** The relay answers by the rules: sets the account to the assisted mode when it is sealed. */
  'takeover.importReplies': {
    input: z.object({ appid, timeZone: z.string().min(1).max(64) }).strict(),
    output: takeover,
  },
  /** Asks WeChat whether the website or a server is in charge. */
  'takeover.check': { input: byAppid, output: takeover },
  'takeover.undo': { input: byAppid, output: takeover },
  /** The relays that this computer is paired with. */
  'relay.list': { input: none, output: z.array(pairedRelay) },
  /** The computers that share what this relay keeps. */
  'relay.devices': { input: byLink, output: relayDevices },
  'relay.revokeDevice': { input: byLink.extend({ id: deviceParams.shape.id }).strict(), output: done },
  /** A code for pairing another computer, to be typed there: it works once, for a quarter of an hour. */
  'relay.invite': { input: byLink, output: invitation },
  /** What relays want the owner to know and nobody has put away, newest first. */
  'relay.notices': { input: none, output: z.array(ownerNotice) },
  'relay.dismissNotice': { input: z.object({ id: z.number().int() }).strict(), output: done },
  /** The relays that this computer is paired with, each asked whether it can authorize. */
  'authorize.relays': { input: none, output: z.array(authorizingRelay) },
  /** Spends a pairing code; the pairing is kept also when no account comes of it. */
  'authorize.pair': { input: authorizePair, output: authorizingRelay },
  /** Begins an attempt, gives up the one before, and opens the page in the system's browser. */
  'authorize.begin': { input: authorizeBegin, output: authorizationAttempt },
  'authorize.openPage': { input: none, output: done },
  'authorize.status': { input: none, output: authorizationAttempt.nullable() },
  'authorize.cancel': { input: none, output: done },
  /** Puts an attempt away that is over. */
  'authorize.dismiss': { input: none, output: done },
  'demo.start': { input: none, output: demoStatus },
  'demo.status': { input: none, output: demoStatus },
  /** Stops the demo's servers and erases the demo account with everything it received. */
  'demo.remove': { input: none, output: demoStatus },
  ...followerMethods,
  ...peopleMethods,
  ...conversationMethods,
  ...desktopMethods,
  ...messageMethods,
  ...searchMethods,
  ...cardMethods,
  ...quickReplyMethods,
  ...markMethods,
  /** The latest examination of each account since the app started. */
  'doctor.examinations': { input: none, output: z.array(examination) },
  /** Begins one, or answers the one under way; results arrive as `doctor.changed`. */
  'doctor.examine': { input: byAppid, output: examination },
  'doctor.cancel': { input: byAppid, output: done },
  /** Main puts the report of the latest examination on the clipboard, without secrets and names. */
  'doctor.copyReport': { input: byAppid, output: done },
} as const satisfies Record<MethodName, { input: z.ZodType; output: z.ZodType }>;

export type Contract = typeof contract;
export type Input<M extends MethodName> = z.infer<Contract[M]['input']>;
export type Output<M extends MethodName> = z.infer<Contract[M]['output']>;

export const topics = {
  'settings.changed': settings,
  /** Server clock minus this machine's clock, seconds: add it to Date.now()/1000 before asking a rule. */
  'clock.changed': z.object({ offset: z.number() }),
  'accounts.changed': z.object({ appid: appid.nullable() }),
  /** Rules or their way to the relay changed. */
  'autoReplies.changed': z.object({ appid }),
  'takeover.changed': z.object({ appid }),
  'relay.noticesChanged': z.object({}),
  'authorize.changed': z.object({ attempt: authorizationAttempt.nullable() }),
  'demo.changed': demoStatus,
  /** `openid` null: many changed, read again what is on screen. */
  'followers.changed': z.object({ appid, openid: openid.nullable() }),
  'import.changed': importState,
  'conversations.changed': z.object({
    appid,
    openid: openid.nullable(),
    /** A message that is new or changed; absent when something else of the conversation changed. */
    message: message.optional(),
  }),
  /** Replies, folders or what the shop says about itself. */
  'quickReplies.changed': z.object({}),
  /** How much of a message's file has gone to WeChat, bytes. */
  'media.progress': mediaProgress,
  'doctor.changed': examination,
  ...desktopTopics,
  /** How far the index of older messages has come; null: it is complete. */
  'search.indexing': z.object({ progress: indexProgress.nullable() }),
  /** A command of `#shared/commands` was chosen in the native menu. */
  'app.command': z.object({ id: z.string().max(64) }),
} as const satisfies Record<TopicName, z.ZodType>;

export type Topics = typeof topics;
export type Payload<T extends TopicName> = z.infer<Topics[T]>;
