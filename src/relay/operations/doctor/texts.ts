import type { Localized } from '#shared/localized';
import type { Status } from './finding';

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

interface FindingText {
  readonly status: Status;
  readonly cause: Localized;
  readonly advice?: Localized;
}

const CHOWN = {
  zh: '把整个目录交给运行中继的用户：chown -R oa-desk-relay: {path}；以后的命令也用该用户运行（sudo -u oa-desk-relay …）。',
  en: 'Give the whole folder to the user the relay runs as: chown -R oa-desk-relay: {path}, and run later commands as that user (sudo -u oa-desk-relay …).',
} as const;

const PROXY = {
  zh: '检查反向代理：/wx/ 下的 GET 和 POST 都要原样转到中继，不要跳转、改写或拦截。',
  en: 'Check the reverse proxy: GET and POST under /wx/ must reach the relay unchanged, without redirect, rewriting or filtering.',
} as const;

/** Every finding of `relay doctor`: how bad it is, why, and what to do. */
export const FINDINGS = {
  'dns/ok': {
    status: 'ok',
    cause: { zh: '{host} 指向 {addresses}。', en: '{host} leads to {addresses}.' },
  },
  'dns/unknown-name': {
    status: 'fail',
    cause: { zh: '域名 {host} 没有解析记录。', en: 'The name {host} leads nowhere.' },
    advice: {
      zh: '在域名服务商处为它添加 A 记录，值为这台服务器的公网 IP；生效可能要几分钟。',
      en: 'Add an A record with the public address of this server at your domain provider; it may take some minutes.',
    },
  },
  'dns/failed': {
    status: 'warn',
    cause: { zh: '查询 {host} 失败（{reason}）。', en: 'Asking for {host} failed ({reason}).' },
    advice: {
      zh: '检查本机的 DNS 设置后重试。',
      en: 'Check the DNS settings of this machine and try again.',
    },
  },
  'dns/private': {
    status: 'fail',
    cause: {
      zh: '{host} 指向内网地址 {addresses}，微信无法访问。',
      en: '{host} leads to {addresses}, a private address that WeChat cannot reach.',
    },
    advice: { zh: '把 A 记录改为公网 IP。', en: 'Change the A record to the public address.' },
  },
  'dns/loopback': {
    status: 'warn',
    cause: {
      zh: '在这台机器上 {host} 指向本机（{addresses}），看不出微信会到哪里。',
      en: 'On this machine {host} leads to itself ({addresses}); where WeChat gets to cannot be seen from here.',
    },
    advice: {
      zh: '在另一台机器上不带 --data 再运行一次 doctor。',
      en: 'Run doctor once more on another machine, without --data.',
    },
  },
  'port/ok': {
    status: 'ok',
    cause: { zh: '端口 {port} 可以连接。', en: 'Port {port} can be reached.' },
  },
  'port/not-allowed': {
    status: 'fail',
    cause: {
      zh: '地址使用端口 {port}，而微信只会访问 80 和 443。',
      en: 'The address uses port {port}, and WeChat calls 80 and 443 only.',
    },
    advice: {
      zh: '让 Caddy 或 nginx 监听 443 并转到中继，--url 中不要写端口。',
      en: 'Let Caddy or nginx listen on 443 in front of the relay, and leave the port out of --url.',
    },
  },
  'port/refused': {
    status: 'fail',
    cause: { zh: '端口 {port} 上没有程序在监听。', en: 'Nothing listens on port {port}.' },
    advice: {
      zh: '启动反向代理：systemctl status caddy（或 nginx）会说明它为什么没有运行。',
      en: 'Start the reverse proxy: systemctl status caddy (or nginx) tells why it does not run.',
    },
  },
  'port/silent': {
    status: 'fail',
    cause: { zh: '连接端口 {port} 没有回应（{reason}）。', en: 'Port {port} does not answer ({reason}).' },
    advice: {
      zh: '在云服务商的安全组和服务器防火墙中放行 TCP 80 和 443。',
      en: "Allow TCP 80 and 443 in the provider's security group and in the firewall of the server.",
    },
  },
  'port/no-http': {
    status: 'warn',
    cause: {
      zh: '端口 80 无法连接，证书可能无法自动续期。',
      en: 'Port 80 cannot be reached; certificates may not renew by themselves.',
    },
    advice: {
      zh: '放行 TCP 80，除非证书用 DNS 方式续期。',
      en: 'Allow TCP 80, unless the certificate is renewed by DNS.',
    },
  },
  'certificate/ok': {
    status: 'ok',
    cause: {
      zh: '证书有效，由 {issuer} 签发，还有 {days} 天。',
      en: 'Valid, issued by {issuer}, {days} days left.',
    },
  },
  'certificate/none': {
    status: 'fail',
    cause: {
      zh: '地址是 http://：电脑的访问令牌会明文经过网络。',
      en: 'The address is http://, so the access token of your computers travels in the clear.',
    },
    advice: { zh: '用 Caddy 或 nginx 提供 https。', en: 'Serve https with Caddy or nginx.' },
  },
  'certificate/no-tls': {
    status: 'fail',
    cause: { zh: '端口上没有 TLS（{reason}）。', en: 'There is no TLS at this port ({reason}).' },
    advice: {
      zh: '检查反向代理的证书设置；Caddy 的日志：journalctl -u caddy。',
      en: "Check the proxy's certificate settings; Caddy's log: journalctl -u caddy.",
    },
  },
  'certificate/expired': {
    status: 'fail',
    cause: { zh: '证书已于 {date} 过期。', en: 'The certificate expired on {date}.' },
    advice: {
      zh: '续期：Caddy 会自动续期（查看 journalctl -u caddy）；certbot 用 certbot renew。端口 80 必须可达。',
      en: 'Renew it: Caddy does so by itself (see journalctl -u caddy); with certbot run certbot renew. Port 80 must be reachable.',
    },
  },
  'certificate/expires-soon': {
    status: 'warn',
    cause: {
      zh: '证书还有 {days} 天过期，没有自动续期。',
      en: 'The certificate ends in {days} days and was not renewed.',
    },
    advice: {
      zh: '检查自动续期：端口 80 是否可达，certbot renew --dry-run 或 journalctl -u caddy。',
      en: 'Check the renewal: is port 80 reachable; certbot renew --dry-run or journalctl -u caddy.',
    },
  },
  'certificate/not-yet': {
    status: 'fail',
    cause: { zh: '证书从 {date} 才开始有效。', en: 'The certificate is valid only from {date} on.' },
    advice: { zh: '检查服务器和本机的时钟。', en: 'Check the clocks of the server and of this machine.' },
  },
  'certificate/self-signed': {
    status: 'fail',
    cause: {
      zh: '证书是自签名的，微信和电脑都不会信任。',
      en: 'The certificate is self-signed; nobody trusts it.',
    },
    advice: {
      zh: '使用 Let’s Encrypt 等公认机构的证书，Caddy 会自动申请。',
      en: 'Use one of a public authority such as Let’s Encrypt; Caddy gets it by itself.',
    },
  },
  'certificate/chain': {
    status: 'fail',
    cause: {
      zh: '证书链不完整，缺少中间证书。',
      en: 'The certificate chain is incomplete: an intermediate certificate is missing.',
    },
    advice: {
      zh: 'nginx 的 ssl_certificate 要用 fullchain.pem，而不是 cert.pem。',
      en: 'Give nginx fullchain.pem as ssl_certificate, not cert.pem.',
    },
  },
  'certificate/name': {
    status: 'fail',
    cause: {
      zh: '证书不是给 {host} 的，而是给 {names}。',
      en: 'The certificate is not for {host} but for {names}.',
    },
    advice: {
      zh: '为 {host} 申请证书，或检查反向代理的 server_name。',
      en: 'Get one for {host}, or check server_name of the proxy.',
    },
  },
  'certificate/untrusted': {
    status: 'fail',
    cause: { zh: '证书不被信任（{reason}）。', en: 'The certificate is not trusted ({reason}).' },
    advice: { zh: '使用公认机构的证书。', en: 'Use a certificate of a public authority.' },
  },
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
  'folder/ok': {
    status: 'ok',
    cause: { zh: '{path} 只有其所有者可以读取。', en: 'Only its owner can read {path}.' },
  },
  'folder/missing': {
    status: 'fail',
    cause: {
      zh: '{path} 不是中继的数据目录，或无权读取（{reason}）。',
      en: '{path} is no data folder of a relay, or cannot be read ({reason}).',
    },
    advice: {
      zh: '检查 --data，并以运行中继的用户执行。',
      en: 'Check --data, and run this as the user the relay runs as.',
    },
  },
  'folder/open': {
    status: 'fail',
    cause: { zh: '其他用户可以读取 {path}。', en: 'Other users can read {path}.' },
    advice: {
      zh: 'chmod 700 数据目录，chmod 600 其中的文件。',
      en: 'chmod 700 the data folder and chmod 600 the files in it.',
    },
  },
  'folder/owners': {
    status: 'fail',
    cause: {
      zh: '{file} 的所有者与数据目录的不同，中继可能无法写入。',
      en: '{file} belongs to another user than the data folder; the relay may not be able to write it.',
    },
    advice: CHOWN,
  },
  'key/ok': {
    status: 'ok',
    cause: {
      zh: '能打开所有已存的密文，只有所有者可以读取。',
      en: 'It fits what is stored, and only its owner can read it.',
    },
  },
  'key/none': {
    status: 'warn',
    cause: {
      zh: '没有找到主密钥，因此没有检查它，也没有用真实账号测试。',
      en: 'No master key was found, so it was not checked, and no real account was tried.',
    },
    advice: {
      zh: '用 --key-file 指定，或设置与中继相同的 OADESK_RELAY_KEY。',
      en: 'Name it with --key-file, or set OADESK_RELAY_KEY as the relay has it.',
    },
  },
  'key/open': {
    status: 'fail',
    cause: { zh: '其他用户可以读取主密钥文件。', en: 'Other users can read the file with the master key.' },
    advice: {
      zh: 'chmod 600 该文件；若可能已被读取，请用 rotate-key 更换。',
      en: 'chmod 600 the file; change the key with rotate-key if somebody may have read it.',
    },
  },
  'key/unreadable': {
    status: 'fail',
    cause: { zh: '无法读取主密钥文件。', en: 'The file with the master key cannot be read.' },
    advice: {
      zh: '检查 --key-file，并以运行中继的用户执行。',
      en: 'Check --key-file, and run this as the user the relay runs as.',
    },
  },
  'key/bad': {
    status: 'fail',
    cause: { zh: '主密钥不是 32 字节。', en: 'The master key is not 32 bytes.' },
    advice: {
      zh: '应为 64 位十六进制数：openssl rand -hex 32。',
      en: 'It should be 64 hexadecimal digits: openssl rand -hex 32.',
    },
  },
  'key/wrong': {
    status: 'fail',
    cause: {
      zh: '数据目录是用另一个主密钥建立的。',
      en: 'The data folder was made with another master key.',
    },
    advice: {
      zh: '换回那个主密钥，或恢复与它配套的备份。',
      en: 'Put that key back, or restore the backup that belongs to this one.',
    },
  },
  'key/rotating': {
    status: 'warn',
    cause: { zh: '主密钥的更换没有完成。', en: 'A change of the master key was not finished.' },
    advice: {
      zh: '停止中继，用同一个新密钥再运行 rotate-key。',
      en: 'Stop the relay and run rotate-key again with the same new key.',
    },
  },
  'store/ok': {
    status: 'ok',
    cause: {
      zh: '数据库完好，每条消息落盘后才应答。',
      en: 'The database is whole; every message is on the disk before it is answered.',
    },
  },
  'store/damaged': {
    status: 'fail',
    cause: { zh: 'relay.db 已损坏。', en: 'relay.db is damaged.' },
    advice: {
      zh: '停止中继，移走 relay.db，恢复最近的备份。',
      en: 'Stop the relay, move relay.db away and restore the latest backup.',
    },
  },
  'store/other-version': {
    status: 'warn',
    cause: {
      zh: 'relay.db 是中继的另一个版本写的（{version}，这里是 {newest}），因此没有用真实账号测试。',
      en: 'relay.db was written by another version of the relay ({version}, here {newest}), so no real account was tried.',
    },
    advice: { zh: '用与运行中的中继相同的版本执行 doctor。', en: 'Run doctor of the version that runs.' },
  },
  'store/volatile': {
    status: 'fail',
    cause: {
      zh: '数据目录在内存中（tmpfs），断电或重启就会丢失。',
      en: 'The data folder is in memory (tmpfs); a restart loses it.',
    },
    advice: { zh: '改用磁盘上的目录。', en: 'Use a folder on a disk.' },
  },
  'store/container': {
    status: 'warn',
    cause: {
      zh: '数据目录在容器内部，删除容器就会丢失。',
      en: 'The data folder is inside of a container and goes with it.',
    },
    advice: {
      zh: '挂载卷：docker run -v oa-desk-relay:/data …',
      en: 'Mount a volume: docker run -v oa-desk-relay:/data …',
    },
  },
  'store/network': {
    status: 'fail',
    cause: {
      zh: '数据目录在网络文件系统上，SQLite 在其上可能损坏或丢失数据。',
      en: 'The data folder is on a network file system, where SQLite can be damaged or lose data.',
    },
    advice: { zh: '改用本机磁盘。', en: 'Use a local disk.' },
  },
  'store/cluster-ok': {
    status: 'ok',
    cause: {
      zh: '集群的每台 NATS 服务器都先落盘再应答。',
      en: 'Every NATS server of the cluster syncs each write to its disk before it answers.',
    },
  },
  'store/cluster-unknown': {
    status: 'warn',
    cause: {
      zh: '没有查询每一台 NATS 服务器，不知道断电时是否会丢失消息。',
      en: 'Not every NATS server was asked, so what a power cut would lose is unknown.',
    },
    advice: {
      zh: '为每台服务器给出监控地址：--nats-monitoring http://a:8222 --nats-monitoring http://b:8222 …',
      en: 'Give the monitoring address of each: --nats-monitoring http://a:8222 --nats-monitoring http://b:8222 …',
    },
  },
  'store/cluster-forgets': {
    status: 'fail',
    cause: {
      zh: '所有 NATS 服务器同时断电会丢失已应答的消息：{servers}',
      en: 'A power cut of all NATS servers would lose messages that were acknowledged: {servers}',
    },
    advice: {
      zh: '使用 NATS 2.10.23 或更新版本，并在 jetstream 段中设置 sync_interval: always。',
      en: 'Use NATS 2.10.23 or newer with sync_interval: always in the jetstream block.',
    },
  },
  'disk/ok': {
    status: 'ok',
    cause: { zh: '剩余 {free}。', en: '{free} free.' },
  },
  'disk/low': {
    status: 'warn',
    cause: { zh: '只剩 {free}。', en: 'Only {free} free.' },
    advice: {
      zh: '清理磁盘：journalctl --vacuum-size=200M，apt-get clean。',
      en: 'Make room: journalctl --vacuum-size=200M, apt-get clean.',
    },
  },
  'disk/full': {
    status: 'fail',
    cause: {
      zh: '只剩 {free}，中继即将无法存储消息。',
      en: 'Only {free} free; soon no message can be stored.',
    },
    advice: {
      zh: '立即清理磁盘：journalctl --vacuum-size=200M，apt-get clean。',
      en: 'Make room now: journalctl --vacuum-size=200M, apt-get clean.',
    },
  },
} as const satisfies Readonly<Record<`${CheckId}/${string}`, FindingText>>;

export type FindingCode = keyof typeof FINDINGS;
