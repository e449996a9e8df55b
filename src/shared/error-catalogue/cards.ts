/** Cards of the insert menu, and quick replies. */
import { entry } from './entry';

export const CARD_TEXTS = {
  'card/incomplete': entry(
    ['卡片还没填完', 'The card is not complete'],
    ['有必填的内容是空的。', 'Something that WeChat needs is empty.'],
    ['请打开编辑器，把标红的地方填好再发送。', 'Open the editor and fill in what is marked red.'],
  ),
  'card/too-long': entry(
    ['卡片上的文字太长', 'A text of the card is too long'],
    ['上限是 {limit}，现在是 {length}。', 'At most {limit} are allowed; there are {length}.'],
    ['请精简后再发送。', 'Shorten it and send again.'],
  ),
  'card/bad-link': entry(
    ['卡片上的链接不完整', 'A link of the card is not complete'],
    [
      '链接要以 http:// 或 https:// 开头，中间没有空格。',
      'A link begins with http:// or https:// and has no spaces.',
    ],
    ['请把浏览器地址栏里的网址整条复制过来。', 'Copy the whole address from the browser.'],
  ),
  'card/bad-mini-program': entry(
    ['小程序的信息不对', 'The mini program is not given correctly'],
    [
      'AppID 是 wx 开头的 18 位；页面路径像 pages/index/index，前面不带斜杠。',
      'An AppID is wx and 16 more; a path looks like pages/index/index, without a slash before it.',
    ],
    ['请在小程序后台核对 AppID 和页面路径。', 'Look up both in the mini program’s own console.'],
  ),
  'card/too-many-options': entry(
    ['菜单消息的选项太多', 'The menu message has too many options'],
    ['最多 {limit} 个选项，现在有 {length} 个。', 'At most {limit} options; there are {length}.'],
    ['请合并或删掉几个。', 'Put some together or leave some out.'],
  ),
  'card/same-options': entry(
    ['菜单消息有两个一样的选项', 'Two options of the menu message are the same'],
    ['客户分不清，回来的答案也看不出是哪一个。', 'Nobody could tell which of them was meant.'],
    ['请改掉其中一个。', 'Change one of them.'],
  ),
  'card/not-for-account': entry(
    ['这个公众号不能发这种卡片', 'This account cannot send this kind of card'],
    ['微信没有给这个公众号开放这种消息。', 'WeChat does not open it to this account.'],
    ['换一种消息，例如文字或链接卡片。', 'Use another kind, such as a text or a link card.'],
  ),
  'quick-replies/incomplete': entry(
    ['快捷回复还没填完', 'The quick reply is not complete'],
    ['名称和至少一种语言的内容都要填。', 'It needs a name and its words in at least one language.'],
    ['请补全后再保存。', 'Fill in what is missing and save again.'],
  ),
  'quick-replies/too-long': entry(
    ['快捷回复太长', 'The quick reply is too long'],
    [
      '名称最多 40 个字，快捷词最多 20 个字，一条文字最多 2048 字节。',
      'A name has at most 40 characters, a shortcut 20, a text 2048 bytes.',
    ],
    ['请精简后再保存。', 'Shorten it and save again.'],
  ),
  'quick-replies/bad-card': entry(
    ['快捷回复里的卡片有问题', 'The card in the quick reply has a problem'],
    ['卡片没有填完，或者超过了微信的限制。', 'It is not complete, or beyond a limit of WeChat.'],
    ['请把标红的地方改好再保存。', 'Put right what is marked red and save again.'],
  ),
  'quick-replies/shortcut-taken': entry(
    ['这个快捷词已经有了', 'This shortcut is taken'],
    ['同一个公众号里，一个快捷词只能对应一条回复。', 'In one account a shortcut stands for one reply only.'],
    ['请换一个快捷词。', 'Choose another one.'],
  ),
  'quick-replies/folder-exists': entry(
    ['已经有同名的文件夹', 'There is a folder of this name'],
    ['文件夹“{name}”已经存在。', 'The folder “{name}” is there already.'],
    ['请换一个名字。', 'Choose another name.'],
  ),
  'quick-replies/too-many': entry(
    ['数量到上限了', 'There are too many'],
    ['最多保存 {limit} 个。', 'At most {limit} can be kept.'],
    ['请先删掉一些不用的。', 'Remove some that are not used.'],
  ),
  'quick-replies/not-a-library': entry(
    ['这不是快捷回复的文件', 'This is not a file of quick replies'],
    [
      '文件里没有本程序导出的快捷回复，或者文件不完整。',
      'It was not exported by this app, or it is not complete.',
    ],
    [
      '请选择导出的 JSON 文件，或者带标题行的 CSV 表格。',
      'Choose an exported JSON file or a CSV table with a heading line.',
    ],
  ),
  'quick-replies/newer-file': entry(
    ['文件来自更新的版本', 'The file comes from a newer version'],
    ['这个文件是用更新的版本导出的，现在的版本读不懂。', 'It was exported by a newer version than this one.'],
    ['请先更新程序，再导入。', 'Update the app and import it then.'],
  ),
  'quick-replies/no-header': entry(
    ['表格没有标题行', 'The table has no heading line'],
    [
      '第一行要写列名，至少有“中文”或“英文”一列，例如：名称,快捷词,文件夹,中文,英文。',
      'The first line names the columns; at least zh or en is needed, as in: name,shortcut,folder,zh,en.',
    ],
    [
      '请加上标题行再导入，也可以先下载空白表格。',
      'Add the line and import again, or begin with the empty table.',
    ],
  ),
  'quick-replies/plan-gone': entry(
    ['要导入的内容已经不在了', 'What was to be imported is gone'],
    [
      '选好文件后又选了别的文件，或者重新打开过程序。',
      'Another file was chosen since, or the app was started anew.',
    ],
    ['请重新选择文件。', 'Choose the file again.'],
  ),
} as const;
