import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#relay/operations/option-values';
import { readOptions } from '#relay/operations/options';
import { USAGE } from '#relay/operations/usage';

const SQLITE = { kind: 'sqlite' };

describe('the command line', () => {
  it('serves on the loopback address, from the home folder, unless told otherwise', () => {
    expect(readOptions([])).toEqual({
      command: 'serve',
      port: 8787,
      host: '127.0.0.1',
      dataDir: join(homedir(), '.oa-desk-relay'),
      store: SQLITE,
      exitWithStdin: false,
      durable: false,
      natsMonitoring: [],
      egressAddresses: [],
      limits: {},
    });
  });

  it('takes every option of the server', () => {
    const args = (
      '--data /tmp/x --port 0 --host 0.0.0.0 --public-url https://r.example.com/ --exit-with-stdin --durable ' +
      '--nats-monitoring http://a:8222 --nats-monitoring http://b:8222 ' +
      '--store nats://a:4222,nats://b:4222 --nats-creds nats.creds --key-file /etc/key ' +
      '--wechat-origin http://127.0.0.1:1 --tls-cert c.pem --tls-key k.pem --tunnel-port 8443 ' +
      '--tunnel-url https://r.example.com:8443 --egress-address 203.0.113.7 --egress-address 2001:db8::1 ' +
      '--keep-days 7 --keep-unread-days 60 --max-storage 20'
    ).split(' ');
    expect(readOptions(['serve', ...args])).toEqual({
      command: 'serve',
      port: 0,
      host: '0.0.0.0',
      dataDir: '/tmp/x',
      store: { kind: 'nats', servers: ['nats://a:4222', 'nats://b:4222'] },
      natsCreds: resolve('nats.creds'),
      keyFile: '/etc/key',
      exitWithStdin: true,
      durable: true,
      natsMonitoring: ['http://a:8222', 'http://b:8222'],
      publicUrl: 'https://r.example.com',
      wechatOrigin: 'http://127.0.0.1:1',
      egressAddresses: ['203.0.113.7', '2001:db8::1'],
      tls: { certFile: resolve('c.pem'), keyFile: resolve('k.pem') },
      tunnel: { port: 8443, host: '0.0.0.0', url: 'https://r.example.com:8443' },
      limits: { retention: 604_800, unreadRetention: 5_184_000, storageBytes: 21_474_836_480 },
    });
  });

  it('invites into the first workspace or a named one', () => {
    expect(readOptions(['invite', '--data', '/tmp/x'])).toEqual({
      command: 'invite',
      dataDir: '/tmp/x',
      store: SQLITE,
      workspace: null,
    });
    expect(readOptions(['invite', '--workspace', '二号店'])).toMatchObject({ workspace: '二号店' });
  });

  it('lists and revokes devices', () => {
    expect(readOptions(['devices', '--data', '/tmp/x'])).toEqual({
      command: 'devices',
      dataDir: '/tmp/x',
      store: SQLITE,
      revoke: null,
      workspace: null,
      json: false,
    });
    expect(readOptions(['devices', 'revoke', '0a1b', '--workspace', '二号店', '--json'])).toMatchObject({
      revoke: '0a1b',
      workspace: '二号店',
      json: true,
    });
  });

  it('names the files of backups and keys from where it was started', () => {
    expect(readOptions(['backup', 'today.db', '--data', '/tmp/x'])).toEqual({
      command: 'backup',
      dataDir: '/tmp/x',
      store: SQLITE,
      file: resolve('today.db'),
    });
    expect(readOptions(['restore', '/b/today.db'])).toMatchObject({
      command: 'restore',
      file: '/b/today.db',
    });
    expect(readOptions(['rotate-key', '--new-key-file', 'new.key'])).toMatchObject({
      command: 'rotate-key',
      newKeyFile: resolve('new.key'),
    });
  });

  it('shows, saves and removes a third-party platform', () => {
    const shown = { command: 'component', action: 'show', dataDir: '/tmp/x', store: SQLITE };
    expect(readOptions(['component', '--data', '/tmp/x'])).toEqual(shown);
    expect(readOptions(['component', 'set'])).toMatchObject({ command: 'component', action: 'set' });
    expect(readOptions(['component', 'remove'])).toMatchObject({ command: 'component', action: 'remove' });
  });

  it('examines a relay from elsewhere, or with its data folder', () => {
    expect(readOptions(['doctor', '--url', 'https://r.example.com/'])).toEqual({
      command: 'doctor',
      url: 'https://r.example.com',
      dataDir: null,
      store: SQLITE,
      probe: false,
      natsMonitoring: [],
      clockUrl: 'https://api.weixin.qq.com',
      lang: null,
      json: false,
    });
    const args = [
      '--data',
      '/tmp/x',
      '--probe',
      '--lang',
      'zh',
      '--json',
      '--clock-url',
      'http://127.0.0.1:1',
    ];
    expect(readOptions(['doctor', '--url', 'https://r.example.com', ...args])).toMatchObject({
      dataDir: '/tmp/x',
      probe: true,
      lang: 'zh',
      json: true,
      clockUrl: 'http://127.0.0.1:1',
    });
  });

  it('prints its help for help, --help and -h, with every command in it', () => {
    for (const args of [['help'], ['--help'], ['serve', '-h']])
      expect(readOptions(args)).toEqual({ command: 'help' });
    for (const command of [
      'serve',
      'invite',
      'devices',
      'doctor',
      'backup',
      'restore',
      'rotate-key',
      'component',
    ])
      expect(USAGE).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  });

  it.each([
    [['--store', 'redis://127.0.0.1']],
    [['--store', 'nats://user:secret@127.0.0.1']],
    [['--port', '65536']],
    [['--port', 'x']],
    [['--public-url', 'relay.example.com']],
    [['--public-url', 'ftp://relay.example.com']],
    [['--public-url', 'https://relay.example.com/?x=1']],
    [['--tls-cert', 'c.pem']],
    [['--tunnel-url', 'https://relay.example.com:8443']],
    [['--egress-address', 'relay.example.com']],
    [['--keep-days', '0']],
    [['--keep-unread-days', '13']],
    [['--max-storage', '2GB']],
    [['--unknown']],
    [['--probe']],
    [['dance']],
    [['invite', 'twice']],
    [['invite', '--workspace', '']],
    [['invite', '--port', '1']],
    [['devices', 'revoke']],
    [['devices', 'revoke', '../x']],
    [['devices', 'rename', 'x']],
    [['backup']],
    [['backup', 'a', 'b']],
    [['backup', 'a', '--store', 'nats://a:4222']],
    [['rotate-key', 'now']],
    [['component', 'sell']],
    [['--durable']],
    [['component', 'set', 'secret']],
    [['--nats-monitoring', 'a:8222']],
    [['doctor']],
    [['doctor', '--url', 'https://r.example.com', '--lang', 'fr']],
    [['doctor', '--url', 'https://r.example.com', '--probe']],
  ])('refuses %j in one sentence', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
