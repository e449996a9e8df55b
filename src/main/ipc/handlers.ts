import type { Output } from '#shared/ipc/contract';
import type { AuthorizeService } from '../services/authorize/authorize';
import type { AutoRepliesService } from '../services/auto-replies';
import type { Locale } from '#shared/localized';
import type { DemoService } from '../services/demo';
import type { ConversationMarksService } from '../services/conversation-marks';
import type {
  AccountsService,
  ConversationsService,
  FollowersService,
  MediaService,
} from '../services/interfaces';
import type { KfService } from '../services/kf';
import type { PeopleService } from '../services/people';
import type { RelayDeskService } from '../services/relay-desk';
import type { DoctorService } from '../services/doctor/doctor';
import type { ReportsService } from '../services/reports';
import type { SettingsService } from '../services/settings';
import type { TakeoverService } from '../services/takeover/takeover';
import type { DeskState } from '../services/desktop/desk-state';
import type { DesktopService } from '../services/desktop/desktop';
import { desktopHandlers } from './desktop-handlers';
import type { MessageDesk } from '../services/message-desk';
import type { SearchService } from '../services/search';
import type { PreparedDrafts } from '../services/prepared-drafts';
import type { CardsBackend } from './card-handlers';
import { cardHandlers } from './card-handlers';
import { inboxHandlers } from './inbox-handlers';
import { peopleHandlers } from './people-handlers';
import { markHandlers } from './mark-handlers';
import type { Handlers } from './router';
import { messageHandlers } from './message-handlers';
import { searchHandlers } from './search-handlers';

/** The services that need keychain and database. */
export interface Backend extends CardsBackend {
  readonly accounts: AccountsService;
  readonly followers: FollowersService;
  readonly conversations: ConversationsService;
  readonly media: MediaService;
  readonly preparedDrafts: PreparedDrafts;
  readonly marks: ConversationMarksService;
  readonly autoReplies: AutoRepliesService;
  readonly relayDesk: RelayDeskService;
  readonly authorize: AuthorizeService;
  readonly takeover: TakeoverService;
  readonly demo: DemoService;
  readonly doctor: DoctorService;
  readonly desktop: DesktopService;
  readonly search: SearchService;
  readonly messages: MessageDesk;
  readonly people: PeopleService;
  readonly kf: KfService;
  readonly reports: ReportsService;
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
  readonly deskState: DeskState;
}

/** Which service answers which method. Settings and links work also while the app is blocked. */
export function createHandlers(deps: HandlersDeps): Handlers {
  const { backend, settings } = deps;
  const accounts = async () => (await backend()).accounts;
  const followers = async () => (await backend()).followers;
  const autoReplies = async () => (await backend()).autoReplies;
  const relayDesk = async () => (await backend()).relayDesk;
  const authorize = async () => (await backend()).authorize;
  const takeover = async () => (await backend()).takeover;
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

    'accounts.erase': async ({ appid }) => {
      await (await accounts()).erase(appid);
      return {};
    },
    'accounts.setRelayMode': async ({ appid, mode }) => {
      await (await autoReplies()).setRelayMode(appid, mode);
      return (await accounts()).get(appid);
    },

    'accounts.remove': async ({ appid, data }) => {
      if (data === 'erase') await (await accounts()).erase(appid);
      else await (await accounts()).freeze(appid);
      return {};
    },
    'accounts.gaps': async () => (await accounts()).gaps(),

    'binding.relays': async () => (await accounts()).relays(),
    'binding.reachRelay': async (input) => (await accounts()).reachRelay(input),
    'binding.draft': async () => (await accounts()).draft(),
    'binding.saveDraft': async (draft) => {
      await (await accounts()).saveDraft(draft);
      return {};
    },
    'binding.dropDraft': async () => {
      await (await accounts()).saveDraft(null);
      return {};
    },
    'binding.checks': async ({ appid }) => (await accounts()).checks(appid),

    'autoReplies.get': async ({ appid }) => (await autoReplies()).get(appid),
    'autoReplies.save': async (input) => (await autoReplies()).save(input),
    'autoReplies.explain': async (input) => (await autoReplies()).explain(input),
    'autoReplies.replaced': async (input) => (await autoReplies()).replaced(input),

    'takeover.get': async ({ appid }) => (await takeover()).get(appid),
    'takeover.snapshot': async ({ appid }) => (await takeover()).snapshot(appid),
    'takeover.publishMenu': async ({ appid }) => (await takeover()).publishMenu(appid),
    'takeover.check': async ({ appid }) => (await takeover()).check(appid),
    'takeover.undo': async ({ appid }) => (await takeover()).undo(appid),
    'takeover.importReplies': async ({ appid, timeZone }) =>
      (await takeover()).importReplies(appid, timeZone),

    'relay.list': async () => (await relayDesk()).relays(),
    'relay.devices': async ({ linkId }) => (await relayDesk()).devices(linkId),
    'relay.revokeDevice': async ({ linkId, id }) => {
      await (await relayDesk()).revokeDevice(linkId, id);
      return {};
    },
    'relay.invite': async ({ linkId }) => (await relayDesk()).invite(linkId),
    'relay.notices': async () => (await relayDesk()).notices(),
    'relay.dismissNotice': async ({ id }) => {
      await (await relayDesk()).dismissNotice(id);
      return {};
    },

    'authorize.relays': async () => (await authorize()).relays(),
    'authorize.pair': async (input) => (await authorize()).pair(input),
    'authorize.begin': async (input) => (await authorize()).begin(input),
    'authorize.openPage': async () => {
      await (await authorize()).openPage();
      return {};
    },
    'authorize.status': async () => (await authorize()).status(),
    'authorize.cancel': async () => {
      await (await authorize()).cancel();
      return {};
    },
    'authorize.dismiss': async () => {
      (await authorize()).dismiss();
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

    ...inboxHandlers(backend),
    ...desktopHandlers(deps.deskState, backend),
    ...messageHandlers(backend),
    ...searchHandlers(backend),
    ...cardHandlers(backend),
    ...peopleHandlers(backend),
    ...markHandlers(async () => (await backend()).marks),

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
