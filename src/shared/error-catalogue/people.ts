/** Changing what WeChat keeps of a follower, and the people who answer. */
import { entry } from './entry';

export const PEOPLE_TEXTS = {
  'people/remark-too-long': entry(
    ['备注太长', 'The remark is too long'],
    [
      '微信的备注名要少于 30 个字节：大约 9 个汉字，或 29 个字母。',
      'WeChat takes remarks under 30 bytes: about 9 Chinese characters or 29 letters.',
    ],
    ['请写短一些；更多内容可以写进“笔记”。', 'Make it shorter; there is more room in the note.'],
  ),
  'people/too-many-tags': entry(
    ['标签太多', 'Too many tags'],
    ['微信规定一位粉丝最多带 {limit} 个标签。', 'WeChat allows {limit} tags for one follower.'],
    ['请先去掉一个再加。', 'Take one off before adding another.'],
  ),
  'people/tag-name': entry(
    ['标签名不合适', 'This name does not work for a tag'],
    ['标签名不能为空，最多 30 个字。', 'A tag needs a name of up to 30 characters.'],
    ['请换一个名字。', 'Choose another name.'],
  ),
  'kf/prefix': entry(
    ['客服账号名不合适', 'This account name does not work'],
    ['账号名只能用字母、数字和下划线，最多 10 个。', 'It may hold up to 10 letters, digits and underscores.'],
    ['请换一个账号名，例如 kf003。', 'Choose another one, for example kf003.'],
  ),
  'kf/nick': entry(
    ['客服昵称不合适', 'This nickname does not work'],
    ['昵称不能为空，最多 16 个字。', 'A nickname of up to 16 characters is needed.'],
    ['请换一个昵称。', 'Choose another nickname.'],
  ),
  'kf/taken': entry(
    ['这个客服账号已经存在', 'There is a worker of this name'],
    ['每个客服账号名只能用一次。', 'Each account name can be used once.'],
    ['请换一个账号名。', 'Choose another account name.'],
  ),
  'kf/too-many': entry(
    ['客服人数已满', 'There are as many workers as WeChat allows'],
    ['一个公众号最多 100 位客服。', 'An account can have up to 100 workers.'],
    ['请先删除不再使用的客服。', 'Remove a worker who is no longer needed first.'],
  ),
  'kf/no-alias': entry(
    ['这个公众号还没有客服', 'This account has no workers yet'],
    [
      '客服账号要带上公众号的微信号，而接口不告诉我们它是什么；有了第一位客服才能看到。',
      'A worker’s account ends with the account’s WeChat ID, which the interface does not tell before there is a first worker.',
    ],
    [
      '请在 mp.weixin.qq.com 的“客服”里添加第一位，以后就可以在这里添加。',
      'Add the first one at mp.weixin.qq.com under 客服; further ones can be added here.',
    ],
  ),
  'kf/wechat-id': entry(
    ['微信号不对', 'This is not a WeChat ID'],
    [
      '微信号以字母开头，6 到 20 位字母、数字、下划线或减号；手机号和昵称都不行。',
      'A WeChat ID begins with a letter and has 6 to 20 letters, digits, underscores or hyphens; phone numbers and nicknames do not work.',
    ],
    ['请对方在微信“我”的页面看一看自己的微信号。', 'Ask the person to look it up in WeChat under “Me”.'],
  ),
} as const;
