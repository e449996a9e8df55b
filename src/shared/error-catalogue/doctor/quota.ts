/** What the doctor finds about calls that are left, and the industry of templates. */
import { entry } from '../entry';

export const DOCTOR_QUOTA_TEXTS = {
  'doctor/quota-ok': entry(
    ['额度充足', 'Enough calls are left'],
    ['每个接口今天还剩多少次，见“详情”。', 'The details say how many calls each API has left today.'],
    [
      '不需要操作。额度每天零点（北京时间）恢复。',
      'Nothing to do. Quotas start anew at midnight, Beijing time.',
    ],
  ),
  'doctor/quota-tight': entry(
    ['“{api}”今天只剩 {left} 次', '“{api}”: {left} calls left today'],
    [
      '每天一共 {limit} 次，这个公众号的所有系统合用。',
      'There are {limit} a day, shared by every system that uses the account.',
    ],
    [
      '请少用一些，零点（北京时间）恢复。别的系统也在用时，请查一查它。',
      'Use it sparingly; it starts anew at midnight, Beijing time. If another system uses the account, look there.',
    ],
  ),
  'doctor/quota-used': entry(
    ['“{api}”今天的额度用完了', '“{api}”: no calls left today'],
    [
      '每天一共 {limit} 次，这个公众号的所有系统合用。用完后微信会拒绝（45009）。',
      'There are {limit} a day, shared by every system that uses the account. WeChat refuses more (45009).',
    ],
    [
      '零点（北京时间）恢复。着急的话，管理员可以在公众平台“接口权限”里清零，每月最多 10 次。',
      'It starts anew at midnight, Beijing time. If it is urgent the administrator can reset it (清零) at mp.weixin.qq.com, ten times a month.',
    ],
  ),
  'doctor/quota-used-unverified': entry(
    ['“{api}”今天的额度用完了', '“{api}”: no calls left today'],
    [
      '每天一共 {limit} 次，这个公众号的所有系统合用。用完后微信会拒绝（45009）。',
      'There are {limit} a day, shared by every system that uses the account. WeChat refuses more (45009).',
    ],
    [
      '零点（北京时间）恢复。未认证的公众号不能清零。',
      'It starts anew at midnight, Beijing time. Accounts that are not verified cannot reset it.',
    ],
  ),

  'doctor/category-ok': entry(
    ['模板行业已选好', 'The industry is chosen'],
    ['模板消息按这里的行业挑选模板。', 'Templates are chosen from these industries.'],
    ['不需要操作。微信每月只允许改一次。', 'Nothing to do. WeChat lets it be changed once a month.'],
  ),
  'doctor/category-none': entry(
    ['还没有选择模板行业', 'No industry is chosen for templates'],
    [
      '没有行业就加不了模板，模板消息发不出去。',
      'Without one no template can be added and no template message sent.',
    ],
    [
      '请管理员在公众平台“广告与服务 → 模板消息”里选择行业；每月只能改一次。',
      'Have the administrator choose one under 广告与服务 → 模板消息 at mp.weixin.qq.com; it can be changed once a month.',
    ],
  ),
  'doctor/category-service-only': entry(
    ['只与已认证的服务号有关', 'For verified service accounts only'],
    ['模板消息只对已认证的服务号开放。', 'Template messages are open to verified service accounts only.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
} as const;
