import { randomUUID } from 'node:crypto';
import type { AppErrorData } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import {
  canSend,
  nextActText,
  obstacleText,
  type NextAct,
  type NextStep,
  type Obstacle,
} from '#shared/domain/can-send';
import { consentsLeft } from '#shared/domain/consents';
import type { Conversation, Message } from '#shared/ipc/models';
import { explain } from '#shared/error-texts';
import type { Locale } from '#shared/localized';
import { pick } from '#shared/localized';
import type { ConversationsService } from '../interfaces';
import type { NoticeDeps } from './notice-deps';
import { displayName } from '#shared/domain/follower-identity';
import { say, type Phrase } from './words';

export interface ReplyDeps extends Pick<NoticeDeps, 'db' | 'clock' | 'notifier' | 'state' | 'locale'> {
  readonly conversations: Pick<ConversationsService, 'send' | 'markRead' | 'setDraft'>;
}

/** Ways that reach one person with a notice, the one to name first on top. */
const NOTICES: readonly NextAct[] = ['subscription-notice', 'one-time-subscription', 'template-message'];
const SUBSCRIPTIONS: ReadonlySet<NextAct> = new Set(['subscription-notice', 'one-time-subscription']);
/** Only the follower's word is missing. */
const CONSENTS: ReadonlySet<Obstacle> = new Set(['no-consent', 'no-notice-consent']);

/**
 * Sends what was written into a notification, by the same rules as the composer. Only what did not simply go out is told
 * again: WeChat reports neither delivery nor reading. Where a notice is meant rather than a chat, the words lead to the
 * subscription notice that may still be sent [S1.17].
 */
export async function replyFromNotice(
  deps: ReplyDeps,
  conversation: Conversation,
  text: string,
): Promise<void> {
  const { appid, openid } = conversation;
  const words = text.trim();
  if (words === '') return;
  let sent: Message;
  try {
    sent = await deps.conversations.send({
      ...{ appid, openid, clientId: randomUUID() },
      content: { kind: 'text', text: words },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await keepAsDraft(deps, conversation, words);
    const why = await reason(deps, conversation, error.data);
    tell(deps, conversation, 'notSentTitle', `${why} ${say('keptAsDraft', deps.locale())}`);
    return;
  }
  if (sent.body.direction !== 'out') return;
  const { status, failure } = sent.body;
  await deps.conversations.markRead(appid, openid);
  if (status === 'unknown') tell(deps, conversation, 'unknownTitle', say('unknownBody', deps.locale()));
  else if (status === 'queued' || status === 'failed')
    tell(
      deps,
      conversation,
      status === 'queued' ? 'queuedTitle' : 'notSentTitle',
      failure === null ? '' : await reason(deps, conversation, failure),
    );
}

async function keepAsDraft(deps: ReplyDeps, { appid, openid }: Conversation, words: string): Promise<void> {
  const now = await deps.db.conversations.get(appid, openid);
  const draft = now?.draft ? `${now.draft}\n${words}` : words;
  await deps.conversations.setDraft({ appid, openid, text: draft });
}

/** Why, and what may be done instead. */
async function reason(deps: ReplyDeps, who: Conversation, failure: AppErrorData): Promise<string> {
  const locale = deps.locale();
  const why = pick(explain(failure).title, locale);
  const [account, now, consents] = await Promise.all([
    deps.db.accounts.get(who.appid),
    deps.db.conversations.get(who.appid, who.openid),
    deps.db.people.consents(who.appid, who.openid).then(consentsLeft),
  ]);
  const verdict = account && now ? canSend(now.window, deps.clock.now(), account, consents) : null;
  if (verdict === null || verdict.ok) return sentence(why, locale);
  return [sentence(why, locale), ...noticeWords(verdict.next, locale)].join(' ');
}

/** The notice that may be sent now; and the subscription notice with what it lacks, where only a consent is missing. */
function noticeWords(next: readonly NextStep[], locale: Locale): string[] {
  const notices = NOTICES.flatMap((act) => next.find((step) => step.act === act) ?? []);
  const possible = notices.find(({ obstacle }) => obstacle === null);
  const words = possible ? [sentence(pick(nextActText(possible.act), locale), locale)] : [];
  const lacking = notices.find(({ obstacle }) => obstacle !== null && CONSENTS.has(obstacle));
  if (!lacking?.obstacle || (possible && SUBSCRIPTIONS.has(possible.act))) return words;
  const what = pick(nextActText(lacking.act), locale);
  const reason = pick(obstacleText(lacking.obstacle), locale);
  return [...words, sentence(locale === 'en' ? `${what} (${reason})` : `${what}（${reason}）`, locale)];
}

function sentence(words: string, locale: Locale): string {
  if (/[。！？.!?]$/u.test(words)) return words;
  return locale === 'en' ? `${words}.` : `${words}。`;
}

function tell(deps: ReplyDeps, conversation: Conversation, title: Phrase, body: string): void {
  const { appid, openid } = conversation;
  const locale = deps.locale();
  deps.notifier.show({
    id: `outcome:${appid}:${openid}`,
    title: say(title, locale, { name: displayName(conversation, locale) }),
    body: body.trim(),
    silent: false,
    onClick: () => deps.state.open({ kind: 'conversation', appid, openid }),
  });
}
