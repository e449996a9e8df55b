/** WeChat's names for where a follower came from, and the kinds of a timeline, as keys of the pane's texts. */
import type { TimelineEntry } from '#shared/ipc/models';
import type { IconName } from '../../../ui/icon';

const SCENES = {
  ADD_SCENE_SEARCH: 'sceneSearch',
  ADD_SCENE_ACCOUNT_MIGRATION: 'sceneMigration',
  ADD_SCENE_PROFILE_CARD: 'sceneCard',
  ADD_SCENE_QR_CODE: 'sceneQr',
  ADD_SCENE_PROFILE_LINK: 'sceneProfileLink',
  ADD_SCENE_PROFILE_ITEM: 'sceneProfileItem',
  ADD_SCENE_PAID: 'scenePaid',
  ADD_SCENE_WECHAT_ADVERTISEMENT: 'sceneAd',
  ADD_SCENE_REPRINT: 'sceneReprint',
  ADD_SCENE_LIVESTREAM: 'sceneLive',
  ADD_SCENE_CHANNELS: 'sceneChannels',
  ADD_SCENE_WXA: 'sceneWxa',
  ADD_SCENE_OTHERS: 'sceneOther',
} as const;

/** The text key of a subscribe_scene; `unknown` when WeChat named none or one that is not documented. */
export function sceneKey(scene: string | null): (typeof SCENES)[keyof typeof SCENES] | 'unknown' {
  return Object.entries(SCENES).find(([name]) => name === scene)?.[1] ?? 'unknown';
}

export const TIMELINE_KINDS = {
  followed: ['userPlus', 'kindFollowed'],
  unfollowed: ['userMinus', 'kindUnfollowed'],
  scanned: ['qr', 'kindScanned'],
  menu: ['menu', 'kindMenu'],
  location: ['location', 'kindLocation'],
  'message-in': ['inbox', 'kindMessageIn'],
  'message-out': ['send', 'kindMessageOut'],
  template: ['file', 'kindTemplate'],
  imported: ['arrowDown', 'kindImported'],
  verification: ['shield', 'kindVerification'],
  other: ['info', 'kindOther'],
} as const satisfies Record<TimelineEntry['kind'], readonly [IconName, string]>;
