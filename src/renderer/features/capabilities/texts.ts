import { defineTexts } from '../../i18n/texts';

export const capabilitiesTexts = defineTexts('capabilities', {
  'zh-CN': {
    title: '各类公众号能做什么',
    back: '返回公众号',
    feature: '功能',
    'subscription-unverified': '未认证订阅号',
    'subscription-verified': '已认证订阅号',
    'service-unverified': '未认证服务号',
    'service-verified': '已认证服务号',
    own: '“{{name}}”',
    yes: '可以',
    no: '不可以',
    try: '视情况',
    adviceTitle: '该注册哪种公众号？',
    advice:
      '推荐：中国大陆主体的已认证服务号，本应用的功能最全。订阅号每天可群发一次，适合以文章为主；个人只能注册订阅号，不能认证。个人微信号和视频号不能用本应用管理。',
    wayVerify: '在 mp.weixin.qq.com 的「设置与开发 › 微信认证」办理认证。',
    wayService: '需要已认证的服务号；订阅号不能改成服务号，需另行注册。',
    wayOverseas: '境外主体无法开通；需要中国大陆主体注册的公众号。',
    wayApply: '在 mp.weixin.qq.com 的「添加功能插件」里申请。',
    missingTitle: '这个公众号现在做不到的',
    nothingMissing: '没有。标为“视情况”的需另行申请或先试用。',
    notesTitle: '需要知道',
    unverified:
      '未认证：只能被动回复。境外的未认证账号可能在 30 天后被注销。资质审核通过后接口即开放，名称审核可以稍后完成。',
    coupons: '卡券：已认证订阅号只能查看，不能创建和投放，也不能生成卡券带参二维码；普通二维码可以用。',
    platforms: '一个公众号最多授权 5 个第三方平台；独占权限（如网页服务）只归最后授权的那个。',
    weibo: '微博等其他平台的认证不是微信认证，不会开放任何接口。',
    overseasTitle: '境外公众号',
    overseasLogin: '境外公众号的后台与大陆的不同，请在注册时使用的网站登录。',
    verificationValid: '微信认证有效',
    verificationUntil: '认证到 {{date}} 为止，请提前办理年审。',
    verificationExpired: '认证已于 {{date}} 过期：接口权限退回未认证，请重新认证。',
  },
  en: {
    title: 'What each kind of account can do',
    back: 'Back to accounts',
    feature: 'Feature',
    'subscription-unverified': 'Unverified subscription',
    'subscription-verified': 'Verified subscription',
    'service-unverified': 'Unverified service',
    'service-verified': 'Verified service',
    own: '“{{name}}”',
    yes: 'Yes',
    no: 'No',
    try: 'Depends',
    adviceTitle: 'Which account should you register?',
    advice:
      'Recommended: a verified service account of a mainland China entity; it can do the most here. A subscription account may broadcast once a day, which suits articles; a person can register a subscription account only, and cannot verify it. Personal WeChat and Channels accounts cannot be run with this app.',
    wayVerify: 'Verify the account at mp.weixin.qq.com under 设置与开发 › 微信认证 (Verification).',
    wayService:
      'Needs a verified service account; a subscription account cannot become one, so register another.',
    wayOverseas: 'Not open to overseas entities; it needs an account of a mainland China entity.',
    wayApply: 'Apply at mp.weixin.qq.com under 添加功能插件 (Add plug-ins).',
    missingTitle: 'What this account cannot do now',
    nothingMissing: 'Nothing. What says “Depends” must be applied for or tried first.',
    notesTitle: 'Good to know',
    unverified:
      'Unverified: passive replies only. Overseas accounts that stay unverified may be cancelled after 30 days. The API opens once the qualification is approved; the name may follow later.',
    coupons:
      'Coupons: a verified subscription account may view them, but not create or give them out, nor make parametric coupon QR codes; ordinary QR codes work.',
    platforms:
      'An account may authorize at most 5 third-party platforms; exclusive permissions such as web service belong to the newest.',
    weibo: 'A verification by Weibo or another site is not WeChat’s and opens no API.',
    overseasTitle: 'Overseas accounts',
    overseasLogin: 'Overseas accounts sign in at another console: use the site where yours was registered.',
    verificationValid: 'Verified by WeChat',
    verificationUntil: 'Verified until {{date}}; renew it before that day.',
    verificationExpired:
      'The verification expired on {{date}}: permissions fell back to unverified. Verify the account again.',
  },
});
