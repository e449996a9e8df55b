import type { Localized } from '#shared/localized';

/** The first word of a finding's code names its check. In the order in which they are told. */
export const CHECKS = {
  dns: { zh: '域名解析', en: 'Name' },
  port: { zh: '端口', en: 'Ports' },
  certificate: { zh: '证书', en: 'Certificate' },
  health: { zh: '中继状态', en: 'Relay' },
  verify: { zh: '服务器验证（GET）', en: 'Verification (GET)' },
  push: { zh: '消息推送（POST）', en: 'Message (POST)' },
  probe: { zh: '完整试发', en: 'Full probe' },
  tunnel: { zh: '隧道', en: 'Tunnel' },
  speed: { zh: '应答时间', en: 'Answer time' },
  clock: { zh: '时钟', en: 'Clock' },
  folder: { zh: '数据目录', en: 'Data folder' },
  key: { zh: '主密钥', en: 'Master key' },
  store: { zh: '存储', en: 'Storage' },
  disk: { zh: '磁盘空间', en: 'Disk' },
} as const satisfies Readonly<Record<string, Localized>>;

export type CheckId = keyof typeof CHECKS;

export type Status = 'ok' | 'warn' | 'fail';

interface FindingText {
  readonly status: Status;
  readonly cause: Localized;
  readonly advice?: Localized;
}

export type FindingTexts = Readonly<Partial<Record<`${CheckId}/${string}`, FindingText>>>;
