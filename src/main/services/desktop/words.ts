/** What notifications say. Chinese first; `{name}` stands for a value. */
import { describeContent } from '#shared/domain/describe-content';
import type { InboundContent } from '#shared/domain/message';
import type { ShopTime } from '#shared/domain/replies/shop-hours';
import type { Locale } from '#shared/localized';
import { phrasebook } from '#shared/phrasebook';

/** One phrase with its values put in. */
export const say = phrasebook({
  event: { zh: '[其他消息]', en: '[Other message]' },
  withAccount: { zh: '{name} · {account}', en: '{name} · {account}' },
  hidden: { zh: '发来一条新消息', en: 'Sent a new message' },
  hiddenMany: { zh: '发来 {count} 条未读消息', en: 'Sent {count} unread messages' },
  unread: { zh: '（{count} 条未读）{text}', en: '({count} unread) {text}' },
  replyPlaceholder: { zh: '回复…', en: 'Reply…' },

  manyTitle: { zh: '{count} 条新消息', en: '{count} new messages' },
  manyBody: { zh: '来自 {people} 位粉丝', en: 'From {people} followers' },
  manyBodyOne: { zh: '来自 1 位粉丝', en: 'From one follower' },
  oneTitle: { zh: '1 条新消息', en: 'One new message' },
  awayTitle: { zh: '离线期间收到 {count} 条消息', en: '{count} messages arrived while you were offline' },
  awayTitleOne: { zh: '离线期间收到 1 条消息', en: 'One message arrived while you were offline' },
  heldTitle: { zh: '免打扰期间收到 {count} 条消息', en: '{count} messages arrived while it was quiet' },
  heldTitleOne: { zh: '免打扰期间收到 1 条消息', en: 'One message arrived while it was quiet' },

  notSentTitle: { zh: '没有发给 {name}', en: 'Not sent to {name}' },
  queuedTitle: { zh: '还没有发给 {name}', en: 'Not yet sent to {name}' },
  unknownTitle: { zh: '不知道 {name} 有没有收到', en: 'It is not known whether {name} got it' },
  unknownBody: {
    zh: '微信没有回答这次发送。打开会话，由您决定是否再发一次。',
    en: 'WeChat did not answer. Open the conversation and decide whether to send it again.',
  },
  keptAsDraft: { zh: '您写的话已留在草稿里。', en: 'What you wrote is kept as a draft.' },

  reminderTitle: { zh: '{name} 还在等回复', en: '{name} still waits for a reply' },
  reminderTitleMany: { zh: '{count} 位粉丝还在等回复', en: '{count} followers still wait for a reply' },
  reminderBody: {
    zh: '还能回复 {left}，{time} 关闭；还剩 {replies} 条。',
    en: 'Open for {left} more, until {time}; replies left: {replies}.',
  },
  reminderBodyMany: {
    zh: '最早的一个再过 {left} 就不能回复了。',
    en: 'The first of them closes in {left}.',
  },
  hours: { zh: '{n} 小时', en: '{n} hours' },
  hoursOne: { zh: '1 小时', en: 'one hour' },
  minutes: { zh: '{n} 分钟', en: '{n} minutes' },
  minutesOne: { zh: '1 分钟', en: 'one minute' },
  underMinute: { zh: '不到 1 分钟', en: 'less than a minute' },

  digestTitle: { zh: '打烊前：{count} 个会话在等回复', en: 'Before you close: {count} conversations wait' },
  digestTitleOne: { zh: '打烊前：1 个会话在等回复', en: 'Before you close: one conversation waits' },
  digestClosing: {
    zh: '其中 {count} 个到下次开门（{time}）前就不能回复了。',
    en: 'The windows of {count} close before you open again ({time}).',
  },
  digestClosingOne: {
    zh: '其中 1 个到下次开门（{time}）前就不能回复了。',
    en: 'One window closes before you open again ({time}).',
  },
  digestCalm: {
    zh: '到下次开门（{time}）前都还能回复。',
    en: 'All of them stay open until you open again ({time}).',
  },

  tryTitle: { zh: '通知可以显示', en: 'Notifications work' },
  tryBody: { zh: '新消息来时会像这样提醒您。', en: 'This is how new messages will reach you.' },
});

export type Phrase = Parameters<typeof say>[0];

/** Longest body, characters: systems show two to four lines. */
const MAX_BODY = 200;

/** A message of a follower as one line. */
export function inboundWords(content: InboundContent, locale: Locale): string {
  const words = content.kind === 'event' ? say('event', locale) : describeContent(content, locale);
  const characters = [...words];
  return characters.length > MAX_BODY ? `${characters.slice(0, MAX_BODY - 1).join('')}…` : words;
}

/** A span of time in words, rounded down, e.g. 3 小时. */
export function spanWords(seconds: number, locale: Locale): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return say('underMinute', locale);
  if (minutes < 60) return say(minutes === 1 ? 'minutesOne' : 'minutes', locale, { n: minutes });
  const hours = Math.floor(minutes / 60);
  return say(hours === 1 ? 'hoursOne' : 'hours', locale, { n: hours });
}

/** A moment on the wall clock, e.g. 周三 09:00. */
export function timeWords({ weekday, minute }: ShopTime, locale: Locale): string {
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
    MONDAY + (weekday - 1) * DAY_MS,
  );
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
