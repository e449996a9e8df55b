/** Whether the quick replies are being looked after, from wherever that was asked: composer, settings, a card's editor. */
import { create } from 'zustand';
import type { QuickReplyBody } from '#shared/domain/quick-replies/quick-reply';

/** What a new reply begins with. */
export interface NewReply {
  readonly body: QuickReplyBody;
  /** Where its picture can be seen until it is kept. */
  readonly pictureUrl: string | null;
  /** The account that it was written in. */
  readonly appid: string | null;
}

interface ManagerState {
  readonly open: boolean;
  /** To be written as soon as the manager is open. */
  readonly begin: NewReply | null;
  /** The reply to be chosen as soon as the manager is open. */
  readonly show: string | null;
}

export const useQuickReplyManager = create<ManagerState>(() => ({ open: false, begin: null, show: null }));

export function openQuickReplies(begin: NewReply | null = null): void {
  useQuickReplyManager.setState({ open: true, begin });
}

/** Opens the manager at a reply. */
export function openQuickReply(id: string): void {
  useQuickReplyManager.setState({ open: true, show: id });
}

export function closeQuickReplies(): void {
  useQuickReplyManager.setState({ open: false, begin: null, show: null });
}
