import { CONSOLE, text, type HelpArticle } from './article';

export const OVERSEAS_ARTICLES: readonly HelpArticle[] = [
  {
    id: 'overseas-reach',
    group: 'overseas',
    question: text(
      '境外主体的公众号能被内地用户关注吗？',
      'Can people in the mainland follow an overseas account?',
    ),
    answer: [
      text(
        '不一定。用内地手机号（+86）注册的微信用户通常不能关注境外主体的公众号。目标客户在内地的话，请用内地主体注册。',
        'Usually not: people who registered WeChat with a mainland number (+86) cannot follow accounts of foreign entities. If your customers are there, register with a mainland entity.',
      ),
      text(
        '境外账号使用的是另外的登录入口，功能也少一些。',
        'Overseas accounts log in on a platform of their own and have fewer functions.',
      ),
    ],
    links: [CONSOLE],
    keywords: '+86 海外 国际 international reach',
  },
  {
    id: 'overseas-media',
    group: 'overseas',
    question: text(
      '境外账号为什么不能发语音和视频？',
      'Why can an overseas account not send voice and video?',
    ),
    answer: [
      text(
        '微信没有向境外主体开放语音和视频的发送接口，只能发文字和图片；模板消息也不能带跳转链接。OA Desk 把这些按钮置灰并说明原因。',
        'WeChat does not open sending of voice and video to foreign entities: text and pictures only. Their template messages carry no link. OA Desk greys these buttons and says why.',
      ),
    ],
    links: [CONSOLE],
    keywords: '语音 视频 audio video overseas',
  },
];
