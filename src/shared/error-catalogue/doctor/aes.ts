/** What the doctor finds about how messages are sealed. */
import { entry } from '../entry';

export const DOCTOR_AES_TEXTS = {
  'doctor/aes-ok': entry(
    ['消息加密正常', 'Messages arrive sealed'],
    ['密钥齐全，收到的消息都能打开。', 'The keys are here and open what arrives.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/aes-platform': entry(
    ['由中继的第三方平台解密', 'Opened by the relay’s platform'],
    [
      '扫码授权的公众号用平台的密钥加密，您不需要保管密钥。',
      'Accounts added by scanning are sealed with the platform’s keys; you keep none.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/aes-wrong-key': entry(
    ['有 {count} 条消息打不开：密钥不一致', '{count} message(s) cannot be opened: the keys differ'],
    [
      '公众平台里的 EncodingAESKey 与这里的不同，通常是有人在网站上点了“随机生成”。密文都保留着。',
      'The EncodingAESKey at mp.weixin.qq.com differs from the one here, usually because someone pressed 随机生成. The sealed messages are kept.',
    ],
    [
      '把下面的 EncodingAESKey 重新复制到公众平台的“服务器配置”并提交；之后的消息就能打开。',
      'Copy the EncodingAESKey below into 服务器配置 at mp.weixin.qq.com and submit; messages open again from then on.',
    ],
  ),
  'doctor/aes-old-locked': entry(
    ['现在正常；以前有 {count} 条消息没能打开', 'Works now; {count} earlier message(s) stayed locked'],
    [
      '它们是用另一个密钥加密的。之后收到的消息都能打开。',
      'They were sealed with another key. What came later opens.',
    ],
    ['不需要操作。密文会保留在本机。', 'Nothing to do. The sealed text stays on this computer.'],
  ),
  'doctor/aes-plain': entry(
    ['中继拒收了 {count} 个没有加密的推送', 'The relay refused {count} unencrypted push(es)'],
    [
      '明文推送无法证明来自微信，所以不收。中继不记录是哪个公众号；如果这个公众号收不到消息，多半就是它选了“明文模式”。',
      'Plain pushes cannot be proved to be WeChat’s, so they are refused. The relay does not record whose they were; if this account receives nothing, it most likely uses 明文模式.',
    ],
    [
      '请在公众平台“服务器配置”里把“消息加解密方式”改为“安全模式”。',
      'Set 消息加解密方式 to 安全模式 (safe mode) under 服务器配置 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/quarantined': entry(
    ['有 {count} 条消息没能读懂', '{count} message(s) could not be read'],
    [
      '内容损坏，或者是这个版本还不认识的格式。原文都保留着。',
      'They are damaged, or of a form that this version does not know. The originals are kept.',
    ],
    ['请更新到最新版本，之后会自动补读。', 'Update the app; they are then read by themselves.'],
  ),
} as const;
