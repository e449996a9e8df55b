import * as initial from './0001-initial';
import * as tagOrder from './0002-tag-order';
import * as relayModes from './0003-relay-modes';
import * as permissionSets from './0004-permission-sets';
import * as takeover from './0005-takeover';
import * as setAside from './0006-set-aside';
import * as people from './0007-people';
import * as reminders from './0008-reminders';
import * as messageSearch from './0009-message-search';
import * as voiceWaves from './0010-voice-waves';
import * as quickReplies from './0011-quick-replies';
import * as preparedDrafts from './0012-prepared-drafts';
import type { Migration } from './migration';

/** In order; `version` rises by one. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  tagOrder,
  relayModes,
  permissionSets,
  takeover,
  setAside,
  people,
  reminders,
  messageSearch,
  voiceWaves,
  quickReplies,
  preparedDrafts,
];
