import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from '#relay/operations/options';

describe('the command line', () => {
  it('serves on the loopback address unless told otherwise', () => {
    expect(readOptions(['--port', '0', '--data', '/tmp/x'])).toEqual({
      command: 'serve',
      port: 0,
      host: '127.0.0.1',
      dataDir: '/tmp/x',
      exitWithStdin: false,
    });
  });

  it('takes every option', () => {
    const args = [
      '--host',
      '0.0.0.0',
      '--public-url',
      'https://r.example.com/',
      '--exit-with-stdin',
      '--store',
      'sqlite',
    ];
    expect(
      readOptions(['serve', '--data', '/tmp/x', '--wechat-origin', 'http://127.0.0.1:1', ...args]),
    ).toMatchObject({
      host: '0.0.0.0',
      publicUrl: 'https://r.example.com',
      exitWithStdin: true,
    });
  });

  it('invites into the first workspace or a named one', () => {
    expect(readOptions(['invite', '--data', '/tmp/x'])).toEqual({
      command: 'invite',
      dataDir: '/tmp/x',
      workspace: null,
    });
    expect(readOptions(['invite', '--workspace', '二号店'])).toMatchObject({ workspace: '二号店' });
  });

  it.each([
    [['--store', 'nats://127.0.0.1']],
    [['--port', '65536']],
    [['--port', 'x']],
    [['--public-url', 'relay.example.com']],
    [['--public-url', 'ftp://relay.example.com']],
    [['--public-url', 'https://relay.example.com/?x=1']],
    [['--unknown']],
    [['dance']],
    [['invite', 'twice']],
    [['invite', '--workspace', '']],
  ])('refuses %j in one sentence', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
