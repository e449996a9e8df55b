import { defineTexts } from '../i18n/texts';

export const appTexts = defineTexts('app', {
  'zh-CN': {
    inbox: '消息',
    followers: '粉丝',
    reports: '报告',
    accounts: '公众号',
    help: '帮助',
    settings: '设置',
    navigation: '主导航',
    gap: '“{{name}}”在 {{from}} 到 {{until}} 之间没有连接：期间的消息和关注没有收到。正在重新读取全部粉丝来补齐。',
    allAccounts: '全部公众号',
    switchAccount: '切换公众号',
    manageAccounts: '管理公众号…',
    waiting_one: '{{count, number}} 个待回复',
    waiting_other: '{{count, number}} 个待回复',
    unread_one: '{{count, number}} 条未读',
    unread_other: '{{count, number}} 条未读',
    demo: '演示',
    demoHint: '演示公众号：粉丝和消息都是模拟的，不会发到微信。',
    connected: '已连接',
    connecting: '正在连接…',
    offline: '离线',
    partlyOffline: '部分离线',
    offlineHint: '现在收不到新消息。已保存的可照常查看；新消息在中继上等着，恢复后自动收取。',
    off: '未连接',
    offHint: '这个公众号已断开，不再收发消息；记录都保留着。',
    connectedHint: '中继在线，消息实时到达。',
    connectingHint: '正在连接中继。',
    examine: '连接体检',
    examineHint: '连接体检：十项检查，逐项给出办法',
    lastSeen: '上次连通：{{when}}',
    unreadExpiring_one:
      '“{{device}}”还有 {{count, number}} 条消息没有收取，中继 {{relay}} 将在 {{when}} 删除。请在那之前打开那台电脑。',
    unreadExpiring_other:
      '“{{device}}”还有 {{count, number}} 条消息没有收取，中继 {{relay}} 将在 {{when}} 删除。请在那之前打开那台电脑。',
    unreadExpiringBySize_one:
      '中继 {{relay}} 的空间已满：“{{device}}”没有收取的 {{count, number}} 条消息将在 {{when}} 删除。请在那之前打开那台电脑。',
    unreadExpiringBySize_other:
      '中继 {{relay}} 的空间已满：“{{device}}”没有收取的 {{count, number}} 条消息将在 {{when}} 删除。请在那之前打开那台电脑。',
    unreadRemoved_one:
      '中继 {{relay}} 删除了“{{device}}”没有收取的 {{count, number}} 条消息，那台电脑上再也看不到。',
    unreadRemoved_other:
      '中继 {{relay}} 删除了“{{device}}”没有收取的 {{count, number}} 条消息，那台电脑上再也看不到。',
    dismissNotice: '知道了',
    shortcuts: '键盘快捷键',
  },
  en: {
    inbox: 'Inbox',
    followers: 'Followers',
    reports: 'Reports',
    accounts: 'Accounts',
    help: 'Help',
    settings: 'Settings',
    gap: '“{{name}}” was not connected from {{from}} to {{until}}: messages and follows of that time did not arrive. All followers are being read again to repair it.',
    navigation: 'Main navigation',
    allAccounts: 'All accounts',
    switchAccount: 'Switch account',
    manageAccounts: 'Manage accounts…',
    waiting_one: '{{count, number}} to answer',
    waiting_other: '{{count, number}} to answer',
    unread_one: '{{count, number}} unread message',
    unread_other: '{{count, number}} unread messages',
    demo: 'Demo',
    demoHint: 'Demo account: its followers and messages are simulated; nothing goes to WeChat.',
    connected: 'Connected',
    connecting: 'Connecting…',
    offline: 'Offline',
    partlyOffline: 'Partly offline',
    offlineHint:
      'New messages do not arrive right now. Everything stored is here to read; the rest waits on the relay and arrives once it is back.',
    off: 'Not connected',
    offHint: 'This account is disconnected: nothing is sent or received. Its records are kept.',
    connectedHint: 'The relay is online; messages arrive at once.',
    connectingHint: 'Reaching the relay.',
    examine: 'Connection doctor',
    examineHint: 'Connection doctor: ten checks, each with its fix',
    lastSeen: 'Last reached {{when}}',
    unreadExpiring_one:
      '“{{device}}” has not fetched {{count, number}} message. The relay {{relay}} removes it on {{when}}: open that computer before.',
    unreadExpiring_other:
      '“{{device}}” has not fetched {{count, number}} messages. The relay {{relay}} removes them on {{when}}: open that computer before.',
    unreadExpiringBySize_one:
      'The relay {{relay}} is full: {{count, number}} message that “{{device}}” has not fetched is removed on {{when}}. Open that computer before.',
    unreadExpiringBySize_other:
      'The relay {{relay}} is full: {{count, number}} messages that “{{device}}” has not fetched are removed on {{when}}. Open that computer before.',
    unreadRemoved_one:
      'The relay {{relay}} removed {{count, number}} message that “{{device}}” had not fetched; it will not appear there any more.',
    unreadRemoved_other:
      'The relay {{relay}} removed {{count, number}} messages that “{{device}}” had not fetched; they will not appear there any more.',
    dismissNotice: 'Put away',
    shortcuts: 'Keyboard shortcuts',
  },
});
