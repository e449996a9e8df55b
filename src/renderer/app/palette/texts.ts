import { defineTexts } from '../../i18n/texts';

export const paletteTexts = defineTexts('palette', {
  'zh-CN': {
    title: '命令面板',
    placeholder: '输入命令、界面、公众号或粉丝的称呼',
    results: '结果',
    goTo: '界面',
    switchTo: '公众号',
    conversation: '会话',
    follower: '粉丝，还没来过消息',
    needsConversation: '先打开一个会话',
    elsewhere: '这里用不了',
    nothing: '没有与“{{query}}”相符的命令、公众号或粉丝',
    peopleFailed: '没能查找粉丝：{{why}}',
  },
  en: {
    title: 'Command palette',
    placeholder: 'A command, screen, account or follower',
    results: 'Results',
    goTo: 'Screen',
    switchTo: 'Account',
    conversation: 'Conversation',
    follower: 'Follower who has not written',
    needsConversation: 'Open a conversation first',
    elsewhere: 'Not available here',
    nothing: 'No command, account or follower matches “{{query}}”',
    peopleFailed: 'Followers could not be searched: {{why}}',
  },
});
