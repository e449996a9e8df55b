import type { Output } from '#shared/ipc/contract';
import type { Locale } from '#shared/localized';
import type { AutoRepliesService } from '../services/auto-replies';
import type { DemoService } from '../services/demo';
import type {
  AccountsService,
  ConversationsService,
  FollowersService,
  MediaService,
} from '../services/interfaces';
import type { DoctorService } from '../services/doctor/doctor';
import type { RelayDeskService } from '../services/relay-desk';
import type { SettingsService } from '../services/settings';
import type { Handlers } from './router';

/** The services that need keychain and database. */
export interface Backend {
  readonly accounts: AccountsService;
  readonly followers: FollowersService;
  readonly conversations: ConversationsService;
  readonly media: MediaService;
  readonly autoReplies: AutoRepliesService;
  readonly relayDesk: RelayDeskService;
  readonly demo: DemoService;
  readonly doctor: DoctorService;
}

export interface HandlersDeps {
  /** Resolves when everything is open; rejects with the reason when the app cannot work. */
  readonly backend: () => Promise<Backend>;
  readonly settings: SettingsService;
  readonly bootstrap: () => Promise<Output<'app.bootstrap'>>;
  /** @throws AppError external/not-https */
  readonly openExternal: (url: string) => Promise<void>;
  readonly copyText: (text: string) => Promise<void>;
  readonly locale: () => Locale;
}

/** Which service answers which method. Settings and links work also while the app is blocked. */
export function createHandlers(deps: HandlersDeps): Handlers {
  const { backend, settings } = deps;
  const accounts = async () => (await backend()).accounts;
  const followers = async () => (await backend()).followers;
  const conversations = async () => (await backend()).conversations;
  const autoReplies = async () => (await backend()).autoReplies;
  const relayDesk = async () => (await backend()).relayDesk;
  const demo = async () => (await backend()).demo;
  const doctor = async () => (await backend()).doctor;

  return {
    'app.bootstrap': () => deps.bootstrap(),
    'app.openExternal': async ({ url }) => {
      await deps.openExternal(url);
      return {};
    },
    'settings.update': (patch) => settings.update(patch),

    'accounts.list': async () => (await accounts()).list(),
    // The page's word is not taken for the door: only the demo itself binds a demo account.
    'accounts.bind': async (input) => (await accounts()).bind(input),
    'accounts.copyServerSetting': async ({ appid, value }) => {
      await deps.copyText(await (await accounts()).serverSetting(appid, value));
      return {};
    },
    'accounts.update': async (input) => (await accounts()).update(input),
    'accounts.disconnect': async ({ appid }) => (await accounts()).disconnect(appid),
    'accounts.reconnect': async ({ appid }) => (await accounts()).reconnect(appid),

    'accounts.setRelayMode': async ({ appid, mode }) => {
      await (await autoReplies()).setRelayMode(appid, mode);
      return (await accounts()).get(appid);
    },

    'autoReplies.get': async ({ appid }) => (await autoReplies()).get(appid),
    'autoReplies.save': async (input) => (await autoReplies()).save(input),
    'autoReplies.explain': async (input) => (await autoReplies()).explain(input),
    'autoReplies.replaced': async (input) => (await autoReplies()).replaced(input),

    'relay.devices': async ({ appid }) => (await relayDesk()).devices(appid),
    'relay.revokeDevice': async ({ appid, id }) => {
      await (await relayDesk()).revokeDevice(appid, id);
      return {};
    },
    'relay.invite': async ({ appid }) => (await relayDesk()).invite(appid),
    'relay.notices': async () => (await relayDesk()).notices(),
    'relay.dismissNotice': async ({ id }) => {
      await (await relayDesk()).dismissNotice(id);
      return {};
    },

    'demo.start': async () => (await demo()).start(),
    'demo.status': async () => (await demo()).status(),
    'demo.remove': async () => (await demo()).remove(),

    'followers.page': async (input) => (await followers()).page(input),
    'followers.get': async ({ appid, openid }) => (await followers()).get(appid, openid),
    'followers.timeline': async (input) => (await followers()).timeline(input),
    'followers.update': async (input) => (await followers()).update(input),
    'followers.importState': async ({ appid }) => (await followers()).importState(appid),
    'followers.startImport': async ({ appid }) => (await followers()).startImport(appid),
    'followers.pauseImport': async ({ appid }) => (await followers()).pauseImport(appid),
    'tags.list': async ({ appid }) => (await followers()).tags(appid),

    'conversations.page': async (input) => (await conversations()).page(input),
    'conversations.get': async ({ appid, openid }) => (await conversations()).get(appid, openid),
    'conversations.messages': async (input) => (await conversations()).messages(input),
    'conversations.send': async (input) => (await conversations()).send(input),
    'conversations.resend': async (input) => (await conversations()).resend(input),
    'conversations.cancelQueued': async (input) => {
      await (await conversations()).cancelQueued(input);
      return {};
    },
    'conversations.markRead': async ({ appid, openid }) => {
      await (await conversations()).markRead(appid, openid);
      return {};
    },
    'conversations.setDraft': async (input) => {
      await (await conversations()).setDraft(input);
      return {};
    },
    'conversations.setStarred': async (input) => {
      await (await conversations()).setStarred(input);
      return {};
    },
    'conversations.fetchMedia': async (input) => {
      await (await conversations()).fetchMedia(input);
      return {};
    },
    'media.stage': async (input) => (await backend()).media.stage(input),

    'doctor.examinations': async () => (await doctor()).examinations(),
    'doctor.examine': async ({ appid }) => (await doctor()).examine(appid),
    'doctor.cancel': async ({ appid }) => {
      await (await doctor()).cancel(appid);
      return {};
    },
    'doctor.copyReport': async ({ appid }) => {
      await deps.copyText(await (await doctor()).report(appid, deps.locale()));
      return {};
    },
  };
}
