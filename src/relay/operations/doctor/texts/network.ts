import type { FindingTexts } from './text';

/** What `relay doctor` says about name, ports and certificate. */
export const NETWORK_FINDINGS = {
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
} as const satisfies FindingTexts;
