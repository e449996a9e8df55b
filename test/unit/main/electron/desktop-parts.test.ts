import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry } from '#main/electron/autostart-file';
import { badgePicture, badgeText, withDot } from '#main/electron/badge-picture';
import { createLoginItem, type LoginItemDeps } from '#main/electron/login-item';

describe('the entry that starts the app at login on Linux', () => {
  const execOf = (command: readonly string[]): string =>
    /^Exec=(.*)$/m.exec(autostartEntry('OA Desk', command))?.[1] ?? '';

  it('quotes what a path may hold, by the rules of the specification', () => {
    expect(execOf(['/opt/OA Desk/oa-desk', '--hidden'])).toBe('"/opt/OA Desk/oa-desk" "--hidden"');
    expect(execOf(['/home/李/100% $x`"\\y'])).toBe('"/home/李/100%% \\\\$x\\\\`\\\\"\\\\\\\\y"');
  });

  it('cannot be made to hold a second line', () => {
    expect(() => autostartEntry('OA Desk', ['/opt/x\nExec=evil'])).toThrow(RangeError);
  });
});

describe('the login item', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'oa-desk-login-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const item = (patch: Partial<LoginItemDeps> = {}) => {
    const system = { openAtLogin: false, args: [] as string[] };
    const app = {
      name: 'OA Desk',
      isPackaged: true,
      getAppPath: () => '/home/shop/oa desk',
      setLoginItemSettings: (given: object) => void Object.assign(system, given),
      getLoginItemSettings: (asked?: { args?: string[] }) => ({
        openAtLogin: system.openAtLogin && JSON.stringify(asked?.args ?? []) === JSON.stringify(system.args),
        wasOpenedAtLogin: true,
      }),
    } as unknown as LoginItemDeps['app'];
    const deps = {
      app,
      platform: 'linux',
      argv: [],
      execPath: '/opt/oa-desk',
      configHome: home,
      appImage: null,
    };
    return { login: createLoginItem({ ...deps, ...patch } as LoginItemDeps), system, app };
  };
  const file = () => readFileSync(join(home, 'autostart', 'oa-desk.desktop'), 'utf8');

  it('is a file of its own on Linux, which names the AppImage where one runs', () => {
    const { login } = item();
    expect(login.isOn()).toBe(false);
    login.set(true, true);
    expect(login.isOn()).toBe(true);
    expect(file()).toContain('Exec="/opt/oa-desk" "--hidden"\n');
    item({ appImage: '/home/me/OA-Desk.AppImage' }).login.set(true, false);
    expect(file()).toContain('Exec="/home/me/OA-Desk.AppImage"\n');
    login.set(false, false);
    expect(login.isOn()).toBe(false);
    login.set(false, false);
  });

  it('is in the system’s own list on Windows, with or without the argument', () => {
    const { login, system } = item({ platform: 'win32' });
    login.set(true, true);
    expect(system).toEqual({ openAtLogin: true, args: ['--hidden'] });
    expect(login.isOn()).toBe(true);
  });

  it('starts without a window when it is told to, and on macOS at login when the owner wants that', () => {
    expect(item().login.startedHidden(true)).toBe(false);
    expect(item({ argv: ['oa-desk', '--hidden'] }).login.startedHidden(false)).toBe(true);
    expect(item({ platform: 'darwin' }).login.startedHidden(true)).toBe(true);
    expect(item({ platform: 'darwin' }).login.startedHidden(false)).toBe(false);
  });
});

describe('a drawn count', () => {
  const alphaAt = (bitmap: Buffer, size: number, x: number, y: number): number =>
    bitmap[(y * size + x) * 4 + 3] ?? -1;
  const whites = (bitmap: Buffer): number =>
    Array.from({ length: bitmap.length / 4 }, (_, i) => bitmap.subarray(i * 4, i * 4 + 3)).filter((point) =>
      point.every((value) => value === 255),
    ).length;

  it('is nothing for nothing, and 9+ from ten on', () => {
    expect([0, -1, 1, 9, 10, 5000].map(badgeText)).toEqual([null, null, '1', '9', '9+', '9+']);
    expect(badgePicture(0, 16)).toBeNull();
  });

  it('is a disc with clear corners that carries a different figure for every count', () => {
    const pictures = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => badgePicture(count, 32));
    const seen = new Set(pictures.map((picture) => picture?.bitmap.toString('base64')));
    expect(seen.size).toBe(10);
    for (const picture of pictures) {
      if (!picture) throw new Error('no picture');
      expect(picture.bitmap).toHaveLength(32 * 32 * 4);
      expect(alphaAt(picture.bitmap, 32, 0, 0)).toBe(0);
      expect(alphaAt(picture.bitmap, 32, 16, 31)).toBeGreaterThan(200);
      expect(whites(picture.bitmap)).toBeGreaterThan(20);
    }
  });

  it('puts a dot into the upper right corner and leaves the rest as it was', () => {
    const plain = { width: 16, height: 16, bitmap: Buffer.alloc(16 * 16 * 4, 100) };
    const dotted = withDot(plain).bitmap;
    expect([...dotted.subarray((3 * 16 + 12) * 4, (3 * 16 + 12) * 4 + 4)]).toEqual([0x1e, 0x26, 0xb3, 255]);
    expect(dotted.subarray(8 * 16 * 4)).toEqual(plain.bitmap.subarray(8 * 16 * 4));
  });
});
