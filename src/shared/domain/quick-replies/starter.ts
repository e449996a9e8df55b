/** A first set of replies that a shop may take and make its own, in both languages. Offered, never put in unasked. */
import type { LibraryReply } from './library-file';

type Line = readonly [nameZh: string, nameEn: string, shortcut: string, zh: string, en: string];

interface StarterFolder {
  readonly name: { readonly zh: string; readonly en: string };
  readonly lines: readonly Line[];
}

const FOLDERS: readonly StarterFolder[] = [
  {
    name: { zh: '常用', en: 'Everyday' },
    lines: [
      [
        '问候',
        'Greeting',
        'hi',
        '{称呼}您好，我是{店名}的{客服}，请问有什么可以帮您？',
        'Hello {alias}, this is {my name} from {shop}. How can I help you?',
      ],
      [
        '稍等',
        'One moment',
        'wait',
        '好的，我查一下，请稍等几分钟。',
        'Sure, let me check. Please give me a few minutes.',
      ],
      [
        '感谢',
        'Thanks',
        'thanks',
        '谢谢您的支持，祝您生活愉快！',
        'Thank you very much, and have a nice day!',
      ],
      [
        '请再说一次',
        'Say it again',
        'again',
        '不好意思，没太看明白，可以再说详细一点吗？发图片或语音也可以。',
        'Sorry, I did not quite get that. Could you tell me a bit more? A picture or a voice message is fine too.',
      ],
      [
        '下班了',
        'We are closed',
        'closed',
        '我们已经下班了，营业时间是{营业时间}。您可以先留言，上班后第一时间回复。',
        'We are closed now; our hours are {hours}. Leave a message and we will reply first thing when we are back.',
      ],
    ],
  },
  {
    name: { zh: '到店', en: 'Visiting us' },
    lines: [
      ['营业时间', 'Opening hours', 'hours', '我们的营业时间：{营业时间}。', 'We are open {hours}.'],
      [
        '地址',
        'Address',
        'address',
        '我们在{地址}，到了找不到可以打{电话}。',
        'You find us at {address}. If you get lost, call {phone}.',
      ],
      [
        '预约确认',
        'Booking confirmed',
        'booked',
        '{称呼}，已为您预约好，到店报手机号后四位即可。如需改时间请提前告诉我们。',
        '{alias}, your booking is confirmed: just tell us the last four digits of your phone number. Let us know beforehand if the time changes.',
      ],
    ],
  },
  {
    name: { zh: '售后', en: 'After a purchase' },
    lines: [
      [
        '致歉',
        'Apology',
        'sorry',
        '非常抱歉给您带来不便。麻烦发一下订单号和照片，我马上处理。',
        'I am very sorry about this. Please send me the order number and a photo, and I will see to it right away.',
      ],
      [
        '发票',
        'Invoice',
        'invoice',
        '可以开票，请把抬头和税号发给我，{日期}内开好发您。',
        'We can issue an invoice: send me the name and tax number, and you will have it today ({date}).',
      ],
      [
        '退款',
        'Refund',
        'refund',
        '退款已提交，一般 1 到 3 个工作日原路退回。',
        'The refund is on its way and takes 1 to 3 working days.',
      ],
    ],
  },
];

/** A menu message that asks how it was. */
const RATING_NAME = { zh: '服务评价', en: 'Rate our service' };
const RATING: Omit<LibraryReply, 'folder' | 'name'> = {
  appid: null,
  shortcut: 'rate',
  zh: {
    kind: 'menu',
    head: '{称呼}，您对这次服务满意吗？',
    items: [
      { id: '101', content: '满意' },
      { id: '102', content: '一般' },
      { id: '103', content: '不满意' },
    ],
    tail: '点一下就好，谢谢！',
  },
  en: {
    kind: 'menu',
    head: 'How was our service, {alias}?',
    items: [
      { id: '101', content: 'Good' },
      { id: '102', content: 'All right' },
      { id: '103', content: 'Not good' },
    ],
    tail: 'One tap is enough, thank you!',
  },
};

/** The set with names and folders in the language of the person who takes it; every reply says both languages. */
export function starterReplies(names: 'zh' | 'en'): readonly LibraryReply[] {
  const replies = FOLDERS.flatMap((folder) =>
    folder.lines.map(([nameZh, nameEn, shortcut, zh, en]): LibraryReply => ({
      appid: null,
      folder: folder.name[names],
      name: names === 'zh' ? nameZh : nameEn,
      shortcut,
      zh: { kind: 'text', text: zh },
      en: { kind: 'text', text: en },
    })),
  );
  const last = FOLDERS.at(-1);
  return [...replies, { ...RATING, name: RATING_NAME[names], folder: last?.name[names] ?? null }];
}
