import type { FindingTexts } from './text';

const PROXY = {
  zh: '检查反向代理：/wx/ 下的 GET 和 POST 都要原样转到中继，不要跳转、改写或拦截。',
  en: 'Check the reverse proxy: GET and POST under /wx/ must reach the relay unchanged, without redirect, rewriting or filtering.',
} as const;

/** What `relay doctor` says of the relay as WeChat meets it. */
export const RELAY_FINDINGS = {
  'health/ok': {
    status: 'ok',
    cause: { zh: '中继在运行，可以存储消息。', en: 'It runs and can store messages.' },
  },
  'health/failing': {
    status: 'fail',
    cause: { zh: '中继在运行，但现在无法存储消息。', en: 'It runs but cannot store messages now.' },
    advice: {
      zh: '通常是磁盘满了：df -h；日志：journalctl -u oa-desk-relay -n 50。',
      en: 'Mostly the disk is full: df -h; its log: journalctl -u oa-desk-relay -n 50.',
    },
  },
  'health/other': {
    status: 'fail',
    cause: {
      zh: '{path} 的回答是 {status}，不是中继的回答。',
      en: '{path} was answered {status}, which is not the relay.',
    },
    advice: {
      zh: '502 或 504：中继没有运行（systemctl status oa-desk-relay）。其他：检查反向代理是否转到中继的端口。',
      en: '502 or 504: the relay does not run (systemctl status oa-desk-relay). Otherwise check that the proxy leads to the port of the relay.',
    },
  },
  'health/unreachable': {
    status: 'fail',
    cause: { zh: '没有得到回答（{reason}）。', en: 'There was no answer ({reason}).' },
    advice: {
      zh: '检查反向代理和中继：systemctl status oa-desk-relay。',
      en: 'Check the proxy and the relay: systemctl status oa-desk-relay.',
    },
  },
  'verify/ok': {
    status: 'ok',
    cause: {
      zh: '像微信那样验证账号 {appid} 的地址：echostr 原样返回，错误签名被拒绝（403）。',
      en: 'Asked as WeChat asks for {appid}: echostr came back unchanged, a wrong signature was refused (403).',
    },
  },
  'verify/reached': {
    status: 'ok',
    cause: {
      zh: '/wx/ 下的 GET 能到达中继（随机地址得到 404）。加 --data 可用真实账号的 Token 检查。',
      en: 'GET under /wx/ reaches the relay (a made-up address got 404). With --data a real account is asked for.',
    },
  },
  'verify/no-account': {
    status: 'ok',
    cause: {
      zh: '/wx/ 下的 GET 能到达中继（随机地址得到 404）。还没有绑定账号；加 --probe 可完整试发。',
      en: 'GET under /wx/ reaches the relay (a made-up address got 404). No account is bound yet; --probe makes a full test.',
    },
  },
  'verify/changed': {
    status: 'fail',
    cause: {
      zh: '中继的回答在路上被改动：echostr 与发出的不同。',
      en: 'The answer was changed on its way: echostr is not what was sent.',
    },
    advice: PROXY,
  },
  'verify/status': {
    status: 'fail',
    cause: {
      zh: '验证请求得到 {status}，应为 {expected}。',
      en: 'The verification was answered {status} instead of {expected}.',
    },
    advice: PROXY,
  },
  'verify/forged': {
    status: 'fail',
    cause: {
      zh: '错误签名的验证请求得到 {status}，应为 403：回答的不是中继。',
      en: 'A verification with a wrong signature was answered {status} instead of 403: something else answers here.',
    },
    advice: PROXY,
  },
  'verify/no-answer': {
    status: 'fail',
    cause: { zh: '验证请求没有得到回答（{reason}）。', en: 'The verification got no answer ({reason}).' },
    advice: PROXY,
  },
  'push/ok': {
    status: 'ok',
    cause: { zh: '签名错误的推送被拒绝（403）。', en: 'A message with a wrong signature was refused (403).' },
  },
  'push/reached': {
    status: 'ok',
    cause: {
      zh: '/wx/ 下的 POST 能到达中继（随机地址得到 404）。',
      en: 'POST under /wx/ reaches the relay (a made-up address got 404).',
    },
  },
  'push/status': {
    status: 'fail',
    cause: {
      zh: '推送得到 {status}，应为 {expected}。',
      en: 'The message was answered {status} instead of {expected}.',
    },
    advice: PROXY,
  },
  'push/forged': {
    status: 'fail',
    cause: {
      zh: '签名错误的推送得到 {status}：前面有别的程序替中继回答，消息会丢失。',
      en: 'A message with a wrong signature was answered {status}: something answers in place of the relay, and messages are lost.',
    },
    advice: PROXY,
  },
  'push/no-answer': {
    status: 'fail',
    cause: { zh: '推送没有得到回答（{reason}）。', en: 'The message got no answer ({reason}).' },
    advice: PROXY,
  },
  'probe/ok': {
    status: 'ok',
    cause: {
      zh: '临时账号通过验证，收到一条消息，原样读回，重发不重复，然后一并删除。',
      en: 'A temporary account was verified, took one message, gave it back unchanged and once although it was sent twice; both were removed.',
    },
  },
  'probe/verify': {
    status: 'fail',
    cause: {
      zh: '临时账号的验证失败（{status}）。',
      en: 'The verification of the temporary account failed ({status}).',
    },
    advice: {
      zh: '确认 --data 是这个中继正在使用的数据目录，并检查反向代理。',
      en: 'Make sure that --data is the folder of this very relay, and check the reverse proxy.',
    },
  },
  'probe/push': {
    status: 'fail',
    cause: {
      zh: '签名正确的消息没有被接收（{status}）。',
      en: 'A correctly signed message was not taken ({status}).',
    },
    advice: PROXY,
  },
  'probe/lost': {
    status: 'fail',
    cause: {
      zh: '消息得到“success”，但数据目录里有 {count} 条而不是 1 条相同内容。',
      en: 'The message was answered "success", but {count} copies of it are in the data folder instead of one.',
    },
    advice: {
      zh: '反向代理可能改动了正文，或 --data 不是这个中继的数据目录。',
      en: 'The proxy may change bodies, or --data is not the folder of this relay.',
    },
  },
  'tunnel/ok': {
    status: 'ok',
    cause: {
      zh: '电脑可以经 {origin} 到达 {target}。',
      en: 'Through {origin} your computers reach {target}.',
    },
  },
  'tunnel/none': {
    status: 'warn',
    cause: {
      zh: '这个中继没有电脑能用的隧道：取 access_token 时微信看到的是电脑自己的 IP。',
      en: 'This relay has no tunnel that computers could use: WeChat sees their own address when they ask for a token.',
    },
    advice: {
      zh: '按说明设置 8443 端口的 nginx-tunnel.conf 和 --tunnel-port；否则每台电脑都要有固定公网 IP 并加入白名单。',
      en: 'Set up nginx-tunnel.conf on port 8443 and --tunnel-port as the instructions say; otherwise each computer needs a fixed public address on the whitelist.',
    },
  },
  'tunnel/not-told': {
    status: 'fail',
    cause: {
      zh: '中继没有说出隧道的地址（{status}）。',
      en: 'The relay did not say where its tunnel is ({status}).',
    },
    advice: {
      zh: '检查反向代理：/v1/ 也要原样转到中继；并确认 --data 是这个中继的数据目录。',
      en: 'Check the reverse proxy: /v1/ must reach the relay too. Make sure that --data is the folder of this very relay.',
    },
  },
  'tunnel/unreachable': {
    status: 'fail',
    cause: {
      zh: '打不开隧道 {origin}（{reason}）。',
      en: 'The tunnel at {origin} cannot be opened ({reason}).',
    },
    advice: {
      zh: '在安全组和防火墙开放 TCP {port}，确认 nginx-tunnel.conf 已被 nginx.conf 引用，且证书有效。',
      en: 'Open TCP {port} in the firewall of server and provider, make sure that nginx.conf includes nginx-tunnel.conf, and that the certificate is valid.',
    },
  },
  'tunnel/refused': {
    status: 'fail',
    cause: {
      zh: '{origin} 拒绝了已配对的电脑（{status}）。',
      en: '{origin} refused a paired computer ({status}).',
    },
    advice: {
      zh: '这个端口后面可能不是中继：nginx-tunnel.conf 应转到 --tunnel-port 的端口，--tunnel-url 应指向它。',
      en: 'Something else may be behind that port: nginx-tunnel.conf must pass it to the port of --tunnel-port, and --tunnel-url must name it.',
    },
  },
  'tunnel/wechat': {
    status: 'fail',
    cause: {
      zh: '隧道可用，但这台服务器连不上 {target}。',
      en: 'The tunnel works, but this server cannot reach {target}.',
    },
    advice: {
      zh: '检查服务器的 DNS 和出站 443 端口。',
      en: 'Check the DNS settings of the server and that port 443 is open for outgoing connections.',
    },
  },
  'speed/ok': {
    status: 'ok',
    cause: { zh: '最慢 {ms} 毫秒；微信最多等 5 秒。', en: 'At most {ms} ms; WeChat waits 5 seconds.' },
  },
  'speed/slow': {
    status: 'warn',
    cause: { zh: '最慢 {ms} 毫秒；微信最多等 5 秒。', en: 'Up to {ms} ms; WeChat waits 5 seconds.' },
    advice: {
      zh: '若从国外测试属正常；否则检查服务器负载和磁盘。',
      en: 'Normal from far away; otherwise check the load and the disk of the server.',
    },
  },
  'speed/too-slow': {
    status: 'fail',
    cause: {
      zh: '最慢 {ms} 毫秒：微信会放弃并重试。',
      en: 'Up to {ms} ms: WeChat gives up and tries again.',
    },
    advice: {
      zh: '检查服务器负载、磁盘和线路。',
      en: 'Check the load, the disk and the line of the server.',
    },
  },
  'clock/ok': {
    status: 'ok',
    cause: { zh: '与 {host} 相差 {seconds} 秒。', en: '{seconds} s apart from {host}.' },
  },
  'clock/off': {
    status: 'warn',
    cause: {
      zh: '服务器时钟与 {host} 相差 {seconds} 秒。',
      en: 'The clock of the server is {seconds} s apart from {host}.',
    },
    advice: {
      zh: '开启对时：timedatectl set-ntp true。',
      en: 'Turn time synchronisation on: timedatectl set-ntp true.',
    },
  },
  'clock/wrong': {
    status: 'fail',
    cause: {
      zh: '服务器时钟与 {host} 相差 {seconds} 秒；超过 600 秒时所有消息都会被拒绝。',
      en: 'The clock of the server is {seconds} s apart from {host}; beyond 600 s every message is refused.',
    },
    advice: {
      zh: '开启对时：timedatectl set-ntp true。',
      en: 'Turn time synchronisation on: timedatectl set-ntp true.',
    },
  },
  'clock/unknown': {
    status: 'warn',
    cause: {
      zh: '无法与 {host} 比较时钟（{reason}）。',
      en: 'The clock could not be compared with {host} ({reason}).',
    },
    advice: {
      zh: '用 --clock-url 指定一个能访问的网站。',
      en: 'Name a site that can be reached with --clock-url.',
    },
  },
} as const satisfies FindingTexts;
