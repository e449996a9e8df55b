/**
 * Every command of the app, once: what it is called in both languages, its keys and where they work. Shortcuts, the sheet of
 * keys, the command palette and the native menu all read this list; the page gives each command its work.
 */
import type { Localized } from './localized';

export interface Chord {
  /** `a`–`z` whatever the layout, a character such as `*`, a name such as `ArrowDown`, or `1-9`: any of these digits. */
  readonly key: string;
  /** Ctrl, on a Mac ⌘. */
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
}

/** Sections of the sheet. */
export const COMMAND_GROUPS = {
  anywhere: { zh: '任何地方', en: 'Anywhere' },
  conversations: { zh: '会话列表', en: 'Conversations' },
  conversation: { zh: '打开的会话', en: 'The open conversation' },
  writing: { zh: '写回复', en: 'Writing a reply' },
  followers: { zh: '粉丝', en: 'Followers' },
} as const satisfies Record<string, Localized>;
export type CommandGroup = keyof typeof COMMAND_GROUPS;

export interface CommandEntry {
  readonly title: Localized;
  readonly group: CommandGroup;
  readonly keys?: readonly Chord[];
  /** Words it is also found by in the palette. */
  readonly words?: Localized;
  /** The screen whose keys they are; everywhere when absent. The palette runs it from any screen. */
  readonly screen?: 'inbox' | 'followers';
  /** Acts on the open conversation. */
  readonly onConversation?: true;
  /** Only on the sheet: a field or a dialog of its own carries it out. */
  readonly ownKeys?: true;
  /** A family for digits, or of no use without its key: not in the palette. */
  readonly keyOnly?: true;
}

const key = (name: string): readonly Chord[] => [{ key: name }];
const mod = (name: string): readonly Chord[] => [{ key: name, mod: true }];

export const COMMANDS = {
  palette: {
    title: { zh: '命令面板：查找命令、会话、公众号', en: 'Palette: commands, conversations, accounts' },
    group: 'anywhere',
    keys: mod('k'),
    keyOnly: true,
  },
  'search-everywhere': {
    title: { zh: '搜索全部会话', en: 'Search everywhere' },
    words: { zh: '查找 消息 记录', en: 'find messages history' },
    group: 'anywhere',
    keys: [{ key: 'f', mod: true, shift: true }],
  },
  'account-nth': {
    title: { zh: '切换到第 1–9 个公众号', en: 'Account 1–9' },
    group: 'anywhere',
    keys: mod('1-9'),
    keyOnly: true,
  },
  'all-accounts': {
    title: { zh: '显示全部公众号', en: 'Show all accounts' },
    words: { zh: '合并 切换', en: 'merge switch' },
    group: 'anywhere',
    keys: mod('0'),
  },
  'screen-nth': {
    title: { zh: '在各个界面间切换', en: 'Move between screens' },
    group: 'anywhere',
    keys: [{ key: '1-9', alt: true }],
    keyOnly: true,
  },
  'add-account': {
    title: { zh: '添加公众号', en: 'Add an account' },
    words: { zh: '绑定 连接 授权', en: 'bind connect authorize' },
    group: 'anywhere',
  },
  'theme-light': {
    title: { zh: '浅色界面', en: 'Light theme' },
    words: { zh: '主题 外观', en: 'appearance' },
    group: 'anywhere',
  },
  'theme-dark': {
    title: { zh: '深色界面', en: 'Dark theme' },
    words: { zh: '主题 外观 夜间', en: 'appearance night' },
    group: 'anywhere',
  },
  'theme-system': {
    title: { zh: '界面跟随系统', en: 'Theme of the system' },
    words: { zh: '主题 外观', en: 'appearance' },
    group: 'anywhere',
  },
  'language-zh': {
    title: { zh: '界面语言：中文', en: 'Language: 中文' },
    words: { zh: '切换', en: 'chinese switch' },
    group: 'anywhere',
  },
  'language-en': {
    title: { zh: '界面语言：English', en: 'Language: English' },
    words: { zh: '切换 英文', en: 'switch' },
    group: 'anywhere',
  },
  shortcuts: {
    title: { zh: '键盘快捷键', en: 'Keyboard shortcuts' },
    words: { zh: '帮助 按键', en: 'help keys' },
    group: 'anywhere',
    keys: key('?'),
  },
  close: {
    title: { zh: '关闭面板或对话框', en: 'Close a pane or dialog' },
    group: 'anywhere',
    keys: key('Escape'),
    ownKeys: true,
  },

  next: {
    title: { zh: '下一个会话', en: 'Next conversation' },
    group: 'conversations',
    keys: [{ key: 'j' }, { key: 'ArrowDown' }],
    screen: 'inbox',
  },
  previous: {
    title: { zh: '上一个会话', en: 'Previous conversation' },
    group: 'conversations',
    keys: [{ key: 'k' }, { key: 'ArrowUp' }],
    screen: 'inbox',
  },
  'queue-active': {
    title: { zh: '只看进行中的会话', en: 'Show active conversations' },
    words: { zh: '筛选 收件箱', en: 'filter inbox' },
    group: 'conversations',
  },
  'queue-needs-reply': {
    title: { zh: '只看待回复', en: 'Show what needs a reply' },
    words: { zh: '筛选', en: 'filter queue' },
    group: 'conversations',
  },
  'queue-closing-soon': {
    title: { zh: '只看快到期，先到期在前', en: 'Show what closes soon, soonest first' },
    words: { zh: '筛选 排序', en: 'filter queue order' },
    group: 'conversations',
  },
  'queue-closed': {
    title: { zh: '只看已关闭', en: 'Show closed conversations' },
    words: { zh: '筛选', en: 'filter' },
    group: 'conversations',
  },
  'queue-failed': {
    title: { zh: '只看发送失败', en: 'Show failed messages' },
    words: { zh: '筛选', en: 'filter' },
    group: 'conversations',
  },
  'queue-starred': {
    title: { zh: '只看星标', en: 'Show starred conversations' },
    words: { zh: '筛选', en: 'filter' },
    group: 'conversations',
  },
  'queue-snoozed': {
    title: { zh: '只看稍后处理', en: 'Show snoozed conversations' },
    words: { zh: '筛选', en: 'filter' },
    group: 'conversations',
  },
  'queue-done': {
    title: { zh: '只看已完成', en: 'Show done conversations' },
    words: { zh: '筛选', en: 'filter archive' },
    group: 'conversations',
  },
  'queue-all': {
    title: { zh: '看全部会话', en: 'Show every conversation' },
    words: { zh: '筛选', en: 'filter all' },
    group: 'conversations',
  },
  'order-newest': {
    title: { zh: '排序：最新在前', en: 'Order: newest first' },
    group: 'conversations',
  },
  'order-closing': {
    title: { zh: '排序：先到期在前', en: 'Order: closes first' },
    group: 'conversations',
  },

  reply: {
    title: { zh: '回复', en: 'Reply' },
    words: { zh: '输入 写', en: 'answer write' },
    group: 'conversation',
    keys: key('r'),
    screen: 'inbox',
    onConversation: true,
  },
  done: {
    title: { zh: '标记完成 / 放回列表', en: 'Mark done, or back to the inbox' },
    words: { zh: '归档 处理完', en: 'archive finish' },
    group: 'conversation',
    keys: key('e'),
    screen: 'inbox',
    onConversation: true,
  },
  snooze: {
    title: { zh: '稍后处理', en: 'Snooze' },
    words: { zh: '提醒 延后', en: 'later remind' },
    group: 'conversation',
    keys: key('s'),
    screen: 'inbox',
    onConversation: true,
  },
  tag: {
    title: { zh: '打标签', en: 'Tag' },
    words: { zh: '标签 分组', en: 'label' },
    group: 'conversation',
    keys: key('t'),
    screen: 'inbox',
    onConversation: true,
  },
  star: {
    title: { zh: '加星标 / 取消星标', en: 'Star, or remove the star' },
    words: { zh: '收藏 重要', en: 'important' },
    group: 'conversation',
    keys: key('*'),
    screen: 'inbox',
    onConversation: true,
  },
  pin: {
    title: { zh: '置顶 / 取消置顶', en: 'Pin, or unpin' },
    words: { zh: '固定', en: 'top' },
    group: 'conversation',
    keys: key('p'),
    screen: 'inbox',
    onConversation: true,
  },
  mute: {
    title: { zh: '免打扰 / 恢复提醒', en: 'Mute, or unmute' },
    words: { zh: '静音 通知', en: 'notifications silence' },
    group: 'conversation',
    keys: key('m'),
    screen: 'inbox',
    onConversation: true,
  },
  unread: {
    title: { zh: '标为未读', en: 'Mark unread' },
    group: 'conversation',
    keys: key('u'),
    screen: 'inbox',
    onConversation: true,
  },
  'search-chat': {
    title: { zh: '在会话中搜索', en: 'Search in this conversation' },
    words: { zh: '查找', en: 'find' },
    group: 'conversation',
    keys: mod('f'),
    screen: 'inbox',
    onConversation: true,
  },
  profile: {
    title: { zh: '显示 / 隐藏粉丝资料', en: 'Show or hide follower details' },
    words: { zh: '面板', en: 'pane profile' },
    group: 'conversation',
    onConversation: true,
  },
  'copy-link': {
    title: { zh: '复制会话链接', en: 'Copy a link to the conversation' },
    words: { zh: '分享', en: 'share oadesk' },
    group: 'conversation',
    onConversation: true,
  },
  menu: {
    title: { zh: '会话的菜单', en: 'Menu of the conversation' },
    group: 'conversation',
    keys: [{ key: 'F10', shift: true }],
    ownKeys: true,
  },

  send: {
    title: { zh: '发送', en: 'Send' },
    group: 'writing',
    keys: key('Enter'),
    ownKeys: true,
  },
  'line-break': {
    title: { zh: '换行', en: 'New line' },
    group: 'writing',
    keys: [{ key: 'Enter', shift: true }],
    ownKeys: true,
  },

  'find-follower': {
    title: { zh: '在粉丝中搜索', en: 'Search the followers' },
    words: { zh: '查找', en: 'find' },
    group: 'followers',
    keys: key('/'),
    screen: 'followers',
  },
} as const satisfies Record<string, CommandEntry>;

export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/** The entry with every field that some entry has. */
export const entryOf = (id: CommandId): CommandEntry => COMMANDS[id];

/** How a platform writes a chord, one part per key. */
export function chordParts(chord: Chord, mac: boolean): readonly string[] {
  return [
    ...(chord.mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(chord.alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(chord.shift ? [mac ? '⇧' : 'Shift'] : []),
    KEY_NAMES[chord.key] ?? chord.key.toUpperCase().replace('-', '–'),
  ];
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Enter: 'Enter',
  Escape: 'Esc',
};

/** The accelerator of a native menu; null when there is no key that a menu could carry. */
export function acceleratorOf(id: CommandId): string | null {
  const chord = entryOf(id).keys?.find((one) => one.mod);
  if (!chord || chord.key.length > 1) return null;
  const parts = ['CmdOrCtrl', ...(chord.alt ? ['Alt'] : []), ...(chord.shift ? ['Shift'] : [])];
  return [...parts, chord.key.toUpperCase()].join('+');
}
