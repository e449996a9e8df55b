/** What keeps a check from being made. */
import { entry } from '../entry';

export const DOCTOR_EXAMINATION_TEXTS = {
  'doctor/offline': entry(
    ['没有网络，这一项没有检查', 'No network, so this was not checked'],
    [
      '微信和中继都没有回应，多半是这台电脑断网了。',
      'Neither WeChat nor the relay answers; this computer is most likely offline.',
    ],
    [
      '请检查网络，连上后再体检一次。存在本机的内容不受影响。',
      'Check the network and run the doctor again. What is stored on this computer is safe.',
    ],
  ),
  'doctor/blocked': entry(
    ['先解决“{cause}”', 'Repair “{cause}” first'],
    ['这一项要在“{cause}”正常之后才能检查。', 'It can only be checked once “{cause}” works.'],
    ['请先按“{cause}”那一项处理，再体检一次。', 'Follow the advice there, then run the doctor again.'],
  ),
  'doctor/cancelled': entry(
    ['已取消，没有检查', 'Cancelled before it was checked'],
    ['体检在这一项之前停止了。', 'The examination was stopped before this point.'],
    ['需要时可以再体检一次。', 'Run the doctor again when you like.'],
  ),
  'doctor/not-finished': entry(
    ['检查没有完成', 'The check did not finish'],
    [
      '等了太久没有结果，或者程序遇到了意外情况。',
      'There was no result for too long, or the app met something unexpected.',
    ],
    [
      '请再体检一次；如果总是这样，请复制报告发给支持人员。',
      'Run the doctor again. If it stays like this, copy the report for support.',
    ],
  ),
  'doctor/no-examination': entry(
    ['还没有体检过', 'Not examined yet'],
    ['这次打开程序后，这个公众号还没有体检。', 'The account was not examined since the app was opened.'],
    ['请先体检一次，再复制报告。', 'Run the doctor first, then copy the report.'],
  ),
  'doctor/wechat-silent': entry(
    ['微信没有回应', 'WeChat does not answer'],
    [
      '中继连得上，但微信的服务器没有回应这台电脑。可能是微信临时故障，或网络拦截了 api.weixin.qq.com。',
      'The relay can be reached, but WeChat’s servers do not answer this computer: WeChat has trouble, or the network blocks api.weixin.qq.com.',
    ],
    [
      '请稍后再试；如果一直这样，请让管网络的人放行 api.weixin.qq.com。',
      'Try again later. If it stays so, have api.weixin.qq.com allowed in your network.',
    ],
  ),
  'doctor/wechat-refused': entry(
    ['微信没有给出结果', 'WeChat gave no result'],
    ['微信拒绝了这一项查询，原因见“详情”。', 'WeChat refused this question; the details say why.'],
    [
      '请稍后再体检一次；如果总是这样，请复制报告并带上请求编号咨询。',
      'Run the doctor again later. If it stays so, copy the report and quote the request id.',
    ],
  ),
} as const;
