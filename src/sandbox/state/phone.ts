import type { JsonObject } from '../json';

/** One thing that a follower's phone shows in the chat with the account. */
export interface PhoneItem {
  /** Unix seconds by the sandbox's clock. */
  readonly at: number;
  readonly from: 'follower' | 'account' | 'system';
  /** How it came there: sent by the follower, a passive reply, the customer-service API, the website's auto-reply, or the client itself. */
  readonly via: 'follower' | 'passive' | 'customer-service' | 'website' | 'client';
  /** WeChat's msgtype, or the event's name for a follower's tap. */
  readonly type: string;
  /** What the bubble holds, by type, e.g. `{content}` or `{mediaId}`. */
  readonly body: JsonObject;
  /** The worker whose name and picture the bubble carries. */
  readonly kfAccount?: string;
  /** The grey line 内容由第三方AI生成. */
  readonly aiGenerated?: boolean;
}

/** What the client shows when the account's server failed to answer (callbacks.md §4). */
export const SERVICE_FAILURE_TEXT = '该公众号提供的服务出现故障，请稍后再试';
