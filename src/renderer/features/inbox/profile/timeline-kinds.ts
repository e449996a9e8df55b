/** The kinds of a timeline: icon and key of the pane's texts. */
import type { TimelineEntry } from '#shared/ipc/models';
import type { IconName } from '../../../ui/icon';

export const TIMELINE_KINDS = {
  followed: ['userPlus', 'kindFollowed'],
  unfollowed: ['userMinus', 'kindUnfollowed'],
  scanned: ['qr', 'kindScanned'],
  menu: ['menu', 'kindMenu'],
  location: ['location', 'kindLocation'],
  'message-in': ['inbox', 'kindMessageIn'],
  'message-out': ['send', 'kindMessageOut'],
  'message-automatic': ['automatic', 'kindMessageAutomatic'],
  template: ['file', 'kindTemplate'],
  imported: ['arrowDown', 'kindImported'],
  verification: ['shield', 'kindVerification'],
  other: ['info', 'kindOther'],
} as const satisfies Record<TimelineEntry['kind'], readonly [IconName, string]>;
