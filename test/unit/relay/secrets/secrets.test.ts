import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadMasterKey } from '#relay/secrets/master-key';
import { hashPairingCode, newPairingCode } from '#relay/secrets/pairing-code';
import { SealedBox } from '#relay/secrets/sealed-box';
import { temporaryFolder } from '../support/relay-harness';

describe('the master key', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });
  const file = (): string => join(folder.path, 'master.key');

  it('is made once, in a file that only its owner can read', () => {
    const key = loadMasterKey(undefined, folder.path);
    expect(key).toHaveLength(32);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(loadMasterKey('', folder.path).equals(key)).toBe(true);
    expect(readFileSync(file(), 'utf8').trim()).toBe(key.toString('hex'));
  });

  it('comes from the environment when it is given there, and then no file is made', () => {
    const key = Buffer.alloc(32, 9);
    for (const text of [
      key.toString('hex'),
      key.toString('base64'),
      key.toString('base64url'),
      ` ${key.toString('hex')}\n`,
    ])
      expect(loadMasterKey(text, folder.path).equals(key)).toBe(true);
    expect(() => statSync(file())).toThrow();
  });

  it.each(['short', 'a'.repeat(63), 'g'.repeat(64), Buffer.alloc(31).toString('base64'), '密钥'.repeat(16)])(
    'is refused when it is not 32 bytes: %s',
    (text) => {
      expect(() => loadMasterKey(text, folder.path)).toThrow(
        expect.objectContaining({ code: 'relay/bad-master-key' }),
      );
    },
  );

  it('is refused when others can read its file', () => {
    loadMasterKey(undefined, folder.path);
    chmodSync(file(), 0o644);
    expect(() => loadMasterKey(undefined, folder.path)).toThrow(
      expect.objectContaining({ code: 'relay/open-key-file' }),
    );
  });

  it('is refused when its file was damaged', () => {
    writeFileSync(file(), '', { mode: 0o600 });
    expect(() => loadMasterKey(undefined, folder.path)).toThrow(
      expect.objectContaining({ code: 'relay/bad-master-key' }),
    );
  });
});

describe('a sealed box', () => {
  const box = new SealedBox(Buffer.alloc(32, 1));

  it('opens what it sealed, and seals the same differently each time', () => {
    const [first, second] = [
      box.seal('relaytoken2026', 'account:1'),
      box.seal('relaytoken2026', 'account:1'),
    ];
    expect(box.open(first, 'account:1')).toBe('relaytoken2026');
    expect(first.equals(second)).toBe(false);
  });

  it('does not open under another key, for another account, or after any change', () => {
    const sealed = box.seal('relaytoken2026', 'account:1');
    const refused = expect.objectContaining({ code: 'relay/secret-unreadable' });
    expect(() => new SealedBox(Buffer.alloc(32, 2)).open(sealed, 'account:1')).toThrow(refused);
    expect(() => box.open(sealed, 'account:2')).toThrow(refused);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed, 'account:1')).toThrow(refused);
    }
    expect(() => box.open(sealed.subarray(0, 20), 'account:1')).toThrow(refused);
    expect(() => box.open(Buffer.alloc(0), 'account:1')).toThrow(refused);
  });

  it('has a fingerprint that tells keys apart', () => {
    expect(box.fingerprint.equals(new SealedBox(Buffer.alloc(32, 1)).fingerprint)).toBe(true);
    expect(box.fingerprint.equals(new SealedBox(Buffer.alloc(32, 2)).fingerprint)).toBe(false);
  });
});

describe('a pairing code', () => {
  it('has no characters that people mistake for each other', () => {
    for (let round = 0; round < 200; round += 1)
      expect(newPairingCode()).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{4}(-[34679ACDEFGHJKMNPQRTWXY]{4}){2}$/);
  });

  it('is never the same twice', () => {
    const codes = new Set(Array.from({ length: 1_000 }, newPairingCode));
    expect(codes.size).toBe(1_000);
  });

  it('is recognised however it is typed', () => {
    const expected = hashPairingCode('H4KD-9MQX-C7RT');
    for (const typed of ['h4kd-9mqx-c7rt', 'H4KD9MQXC7RT', ' h4kd 9mqx c7rt '])
      expect(hashPairingCode(typed)).toBe(expected);
    expect(hashPairingCode('H4KD-9MQX-C7RY')).not.toBe(expected);
  });
});
