/** The person beside the chat. */
import type { ConsentFact } from '#shared/domain/consents';
import type { WindowEvent } from '#shared/domain/window';
import type { Follower } from '#shared/ipc/models';
import type { RelatedPerson } from '#shared/ipc/people-models';

/** What WeChat has confirmed about one follower. */
export interface ConfirmedChange {
  readonly remark?: string;
  readonly tagIds?: readonly number[];
  readonly blocked?: boolean;
}

export interface PeopleReads {
  /** What the follower agreed to and what went out on it, oldest first. */
  consents(appid: string, openid: string): ConsentFact[];
  /** The log that the reply window is folded from. */
  windowEvents(appid: string, openid: string): WindowEvent[];
  /** Followers of other accounts here with the same unionid, latest contact first. */
  related(appid: string, openid: string): RelatedPerson[];
}

export interface PeopleWrites {
  /** @throws AppError follower/not-found */
  confirmed(appid: string, openid: string, change: ConfirmedChange, at: number): Follower | null;
}
