import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { temporaryMedia } from '#shared/domain/takeover/website';
import type { Takeover } from '#shared/ipc/takeover-models';
import type { Locale } from '#shared/localized';
import { getTemporaryMedia } from '#wechat/api/media';
import {
  createMenu,
  deleteMenu,
  getAutoReplyInfo,
  getCurrentMenu,
  getMenu,
  type ApiMenu,
} from '#wechat/api/menu';
import type { WeChatClient } from '#wechat/client';
import { WeChatError } from '#wechat/errors';
import type { Database } from '../../db/port/database';
import type { AutoRepliesService } from '../auto-replies';
import type { MediaFiles } from '../media-files';
import type { Publish } from '../ports';
import { createSerial } from '../serial';
import { plan, viewOf, type TakeoverState } from './state';

/** Every act can be repeated after a crash or a cut network at any point, and ends in the same state. */
export interface TakeoverService {
  get(appid: string): Promise<Takeover | null>;
  /** Reads and keeps what the website has. Once something was carried over it answers the kept one. */
  snapshot(appid: string): Promise<Takeover>;
  /** @throws AppError `takeover/no-snapshot`, `takeover/undoing`, `takeover/no-menu`, `wechat/*`, `network/*` */
  publishMenu(appid: string): Promise<Takeover>;
  /** @throws AppError `takeover/no-snapshot`, `takeover/undoing`, `takeover/no-rules`, `relay/*`, `replies/*` */
  importReplies(appid: string, timeZone: string): Promise<Takeover>;
  /** Asks WeChat who answers now. @throws AppError `takeover/no-snapshot`, `wechat/*`, `network/*` */
  check(appid: string): Promise<Takeover>;
  /** Puts menu, rules and mode back as they were. @throws AppError `takeover/no-snapshot`, `wechat/*`, `relay/*` */
  undo(appid: string): Promise<Takeover>;
}

export interface TakeoverDeps {
  readonly db: Pick<Database, 'takeovers' | 'accounts' | 'replyRules'>;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  readonly files: MediaFiles;
  readonly autoReplies: Pick<AutoRepliesService, 'save' | 'setRelayMode'>;
  readonly locale: () => Locale;
}

export function createTakeoverService(deps: TakeoverDeps): TakeoverService {
  const { db, clock, files, autoReplies } = deps;
  const serial = createSerial();

  async function read(appid: string): Promise<TakeoverState | null> {
    const content = await db.takeovers.get(appid);
    // Safe: written by `keep` alone.
    return content === null ? null : (JSON.parse(content) as TakeoverState);
  }
  async function kept(appid: string): Promise<TakeoverState> {
    const state = await read(appid);
    if (state === null) throw new AppError({ code: 'takeover/no-snapshot' });
    return state;
  }
  async function openOne(appid: string): Promise<TakeoverState> {
    const state = await kept(appid);
    if (state.phase !== 'open') throw new AppError({ code: 'takeover/undoing' });
    return state;
  }
  async function keep(appid: string, state: TakeoverState): Promise<TakeoverState> {
    await db.takeovers.put(appid, JSON.stringify(state));
    deps.publish('takeover.changed', { appid });
    return state;
  }

  /** The media ids are new in every answer, so whatever fails on the way, all is read again. */
  async function takeSnapshot(appid: string): Promise<TakeoverState> {
    const client = await deps.wechatFor(appid);
    const menu = await getCurrentMenu(client);
    const replies = await getAutoReplyInfo(client);
    const former = await apiMenu(client);
    const media: TakeoverState['media'][number][] = [];
    for (const [index, { id, type }] of temporaryMedia(menu, replies).entries()) {
      const fileId = `site-${createHash('sha256').update(appid).digest('hex').slice(0, 16)}-${String(index)}`;
      const mime = await keepFile(client, id, fileId);
      media.push({ remoteId: id, type, fileId: mime === null ? null : fileId, mime });
    }
    const { now } = clock;
    return keep(appid, {
      ...{ takenAt: now(), phase: 'open', checkedAt: now(), website: { menu, replies }, media },
      inCharge: answering(replies) ? 'website' : 'unknown',
      menuAllowed: former !== 'not-allowed',
      ...{ menuStep: 'idle', rulesStep: 'idle', importedIds: [], formerMode: null },
      formerMenu: former === 'not-allowed' ? null : (former?.menu.button ?? null),
      locale: deps.locale(),
    });
  }

  async function keepFile(client: WeChatClient, remoteId: string, fileId: string): Promise<string | null> {
    try {
      const fetched = await getTemporaryMedia(client, remoteId);
      if (fetched.kind === 'video') return null;
      await files.write(fileId, fetched.bytes);
      return fetched.contentType;
    } catch (error) {
      // A file that WeChat does not have any more must not keep the rest from being kept.
      if (error instanceof WeChatError && error.errcode === 40007) return null;
      throw error;
    }
  }

  async function publishMenu(appid: string): Promise<TakeoverState> {
    let state = await openOne(appid);
    if (state.menuStep === 'done') return state;
    const { buttons } = plan(state).menu;
    if (buttons.length === 0) throw new AppError({ code: 'takeover/no-menu' });
    const client = await deps.wechatFor(appid);
    const isFirst = state.menuStep === 'idle';
    if (isFirst) {
      const former = await apiMenu(client);
      const formerMenu = former === 'not-allowed' ? null : (former?.menu.button ?? null);
      state = await keep(appid, { ...state, formerMenu, menuStep: 'begun' });
    }
    try {
      await createMenu(client, buttons);
    } catch (error) {
      // WeChat's refusal is certain; after a lost answer the menu may be there all the same.
      if (isFirst && error instanceof WeChatError) await keep(appid, { ...state, menuStep: 'idle' });
      throw error;
    }
    return keep(appid, { ...state, menuStep: 'done' });
  }

  async function importReplies(appid: string, timeZone: string): Promise<TakeoverState> {
    let state = await openOne(appid);
    if (state.rulesStep === 'done') return state;
    const { rules } = plan(state).replies;
    if (rules.length === 0) throw new AppError({ code: 'takeover/no-rules' });
    const mode = (await db.accounts.get(appid))?.relayMode ?? null;
    const importedIds = rules.map(({ id }) => id);
    const formerMode = state.rulesStep === 'idle' ? mode : state.formerMode;
    state = await keep(appid, { ...state, importedIds, formerMode, rulesStep: 'begun' });
    if (mode === 'sealed') await autoReplies.setRelayMode(appid, 'assisted');
    const stored = await db.replyRules.get(appid);
    const own = (stored?.rules.rules ?? []).filter(({ id }) => !importedIds.includes(id));
    await autoReplies.save({
      appid,
      basedOn: stored?.rules.version ?? null,
      timeZone: stored?.rules.timeZone ?? timeZone,
      rules: [...own, ...rules],
    });
    return keep(appid, { ...state, rulesStep: 'done' });
  }

  /** Menu, then rules, then the mode: each is marked when it is back, so that a second attempt goes on behind it. */
  async function undo(appid: string): Promise<TakeoverState> {
    let state = await kept(appid);
    if (state.phase === 'undone') return state;
    state = await keep(appid, { ...state, phase: 'undoing' });
    if (state.menuStep !== 'idle') {
      const client = await deps.wechatFor(appid);
      if (state.formerMenu === null) await deleteMenu(client);
      else await createMenu(client, state.formerMenu);
      state = await keep(appid, { ...state, menuStep: 'idle' });
    }
    if (state.rulesStep !== 'idle') {
      const stored = await db.replyRules.get(appid);
      if (stored !== null) {
        const { version, timeZone, rules } = stored.rules;
        const own = rules.filter(({ id }) => !state.importedIds.includes(id));
        await autoReplies.save({ appid, basedOn: version, timeZone, rules: own });
      }
      const mode = (await db.accounts.get(appid))?.relayMode;
      if (state.formerMode === 'sealed' && mode === 'assisted')
        await autoReplies.setRelayMode(appid, 'sealed');
      state = await keep(appid, { ...state, rulesStep: 'idle' });
    }
    return keep(appid, { ...state, phase: 'undone' });
  }

  async function check(appid: string): Promise<TakeoverState> {
    const state = await kept(appid);
    const replies = await getAutoReplyInfo(await deps.wechatFor(appid));
    const couldTell = answering(state.website.replies);
    const inCharge = answering(replies) ? 'website' : couldTell ? 'server' : 'unknown';
    return keep(appid, { ...state, inCharge, checkedAt: clock.now() });
  }

  async function show(appid: string, act: () => Promise<TakeoverState>): Promise<Takeover> {
    return viewOf(await serial.run(appid, act));
  }

  return {
    async get(appid) {
      const state = await read(appid);
      return state === null ? null : viewOf(state);
    },
    snapshot: (appid) =>
      show(appid, async () => {
        const state = await read(appid);
        const isUntouched = state?.menuStep === 'idle' && state.rulesStep === 'idle';
        if (state !== null && state.phase !== 'undone' && (!isUntouched || state.phase === 'undoing'))
          return state;
        return takeSnapshot(appid);
      }),
    publishMenu: (appid) => show(appid, () => publishMenu(appid)),
    importReplies: (appid, timeZone) => show(appid, () => importReplies(appid, timeZone)),
    check: (appid) => show(appid, () => check(appid)),
    undo: (appid) => show(appid, () => undo(appid)),
  };
}

/** Enabling the server (服务器配置) switches both off. */
function answering(replies: {
  readonly is_add_friend_reply_open: number;
  readonly is_autoreply_open: number;
}): boolean {
  return replies.is_add_friend_reply_open === 1 || replies.is_autoreply_open === 1;
}

/** Accounts without verification may have no menu API: 48001. */
async function apiMenu(client: WeChatClient): Promise<ApiMenu | null | 'not-allowed'> {
  try {
    return await getMenu(client);
  } catch (error) {
    if (error instanceof WeChatError && error.errcode === 48001) return 'not-allowed';
    throw error;
  }
}
