import type { Follower } from '#shared/ipc/models';

/** Whether a chat exists or may begin: the person wrote, or did something that opened a window (S3.4, S4.4). */
export function hasChat(follower: Pick<Follower, 'lastMessageAt' | 'firstWords' | 'window'>): boolean {
  return follower.lastMessageAt !== null || follower.firstWords !== null || follower.window.grant !== null;
}
