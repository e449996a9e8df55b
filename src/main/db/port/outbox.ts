/** Replies on their way. */
import type { AppErrorData } from '#shared/app-error';
import type { OutboundContent, OutboundStatus } from '#shared/domain/message';
import type { WindowEvent, WindowRecord } from '#shared/domain/window';
import type { Message } from '#shared/ipc/models';
import type { StoredMessage } from './conversations';

export interface NewOutbound {
  readonly appid: string;
  readonly openid: string;
  readonly clientId: string;
  readonly at: number;
  readonly content: OutboundContent;
  readonly status: 'sending' | 'queued' | 'failed';
  readonly failure: AppErrorData | null;
  readonly retryOf: string | null;
  /** Staged local media to upload first. */
  readonly mediaId: string | null;
}

export interface Outcome {
  readonly status: Exclude<OutboundStatus, 'sending'>;
  readonly failure: AppErrorData | null;
  /** What the answer says about the window. */
  readonly event: WindowEvent | null;
  /** Replaces the stored content, e.g. with the uploaded media id. */
  readonly content?: OutboundContent;
}

export interface OutboxReads {
  byClientId(clientId: string): Message | null;
  /** Oldest first per conversation. */
  queued(limit: number): StoredMessage[];
  hasQueued(appid: string, openid: string): boolean;
  /** Whether another message of the conversation, written before this one, still waits. */
  hasQueuedBefore(id: string): boolean;
}

export interface OutboxWrites {
  /** Inserts once per client id; a repeat answers the stored row with `created` false. */
  insert(message: NewOutbound): { message: Message; created: boolean };
  /** queued -> sending, unless it was cancelled meanwhile. */
  claim(id: string): StoredMessage | null;
  /** Says why a queued message still waits; null when it is not queued any more. */
  hold(id: string, failure: AppErrorData): Message | null;
  /** Settles a message that is `sending`, with its window event and counters. */
  settle(id: string, outcome: Outcome): Message;
  /** false when it is not queued any more. */
  cancel(appid: string, openid: string, id: string): boolean;
  /** Rows a crash left `sending` become `unknown`: nobody knows whether WeChat got them. */
  recover(now: number): Message[];
  /** Applies a correction or another window event that no message carries. */
  windowEvent(appid: string, openid: string, event: WindowEvent): WindowRecord | null;
}
