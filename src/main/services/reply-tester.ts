/** Judges rule sets here, by the engine with which the relay answers. */
import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import type { EventContent, InboundContent, InboundMessage } from '#shared/domain/message';
import type { CompiledRules } from '#shared/domain/replies/compile-rules';
import type { Output } from '#shared/ipc/contract';
import type { Heard } from '#shared/ipc/relay-models';
import type { ReplyRuleSet } from '#shared/relay/reply-rules';

/** The engine is large and most starts of the app need none of it. */
async function compile(set: ReplyRuleSet): Promise<CompiledRules> {
  const { compileRules } = await import('#shared/domain/replies/compile-rules');
  return compileRules(set);
}

/**
 * Resolves when the relay could work with this set.
 * @throws AppError `replies/bad-time-zone`; `replies/bad-pattern` and `replies/patterns-too-large` with the name of the
 * `rule`
 */
export async function checkRules(set: ReplyRuleSet): Promise<void> {
  try {
    await compile(set);
  } catch (error) {
    throw error instanceof AppError ? naming(set, error) : error;
  }
}

/** The engine knows rules by id; people know them by name. */
function naming({ rules }: ReplyRuleSet, error: AppError): AppError {
  const rule = rules.find(({ id }) => id === error.data.params?.['rule']);
  if (rule === undefined || rule.name.trim() === '') return error;
  const params = { ...error.data.params, rule: rule.name.trim() };
  return new AppError({ ...error.data, params }, { cause: error });
}

/** What would answer. Whom the relay has answered lately only the relay knows: here nobody was. @throws as `checkRules` */
export async function explainRules(
  set: ReplyRuleSet,
  heard: Heard,
  now: UnixSeconds,
): Promise<Output<'autoReplies.explain'>> {
  await checkRules(set);
  const { explainReply } = await import('#shared/domain/replies/choose-reply');
  const context = { now, answeredAt: () => null };
  const { chosen, verdicts } = explainReply(await compile(set), messageOf(heard, now), context);
  return {
    chosen: chosen && { ruleId: chosen.rule.id, reply: chosen.reply },
    verdicts: verdicts.map(({ rule, outcome }) => ({ ruleId: rule.id, outcome })),
  };
}

function messageOf(heard: Heard, now: UnixSeconds): InboundMessage {
  return {
    toUserName: '',
    fromUserName: '',
    createTime: Math.floor(now),
    msgId: null,
    dedupeKey: '',
    content: contentOf(heard),
    raw: '',
  };
}

const event = (content: EventContent): InboundContent => ({ kind: 'event', event: content });

function contentOf(heard: Heard): InboundContent {
  switch (heard.type) {
    case 'text':
      return { kind: 'text', text: heard.text };
    case 'image':
      return { kind: 'image', mediaId: '', picUrl: '' };
    case 'voice':
      return { kind: 'voice', mediaId: '', format: 'amr' };
    case 'video':
      return { kind: 'video', mediaId: '', thumbMediaId: '', short: false };
    case 'location':
      return { kind: 'location', latitude: 0, longitude: 0, scale: 0, label: '' };
    case 'link':
      return { kind: 'link', title: '', description: '', url: '' };
    case 'miniprogram':
      return { kind: 'miniprogram', title: '', appId: '', pagePath: '', thumbUrl: '', thumbMediaId: '' };
    case 'follow':
      return event({ name: 'subscribe', scene: heard.scene, ticket: null });
    case 'scan':
      return event({ name: 'SCAN', scene: heard.scene, ticket: null });
    case 'menu':
      return event({ name: 'CLICK', key: heard.button });
  }
}
