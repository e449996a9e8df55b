import { describe, expect, it } from 'vitest';
import { isPageUrl } from '#main/electron/app-url';
import { mayUse } from '#main/electron/permissions';

const PAGE = 'app://oadesk/';

describe('permissions', () => {
  it.each(['notifications', 'clipboard-sanitized-write'])('[SEC-9] grants %s to the page', (permission) => {
    expect(mayUse(permission, PAGE)).toBe(true);
  });

  it.each([
    'media',
    'geolocation',
    'clipboard-read',
    'midi',
    'midiSysex',
    'hid',
    'serial',
    'usb',
    'openExternal',
    'fullscreen',
    'pointerLock',
    'display-capture',
    'idle-detection',
    'storage-access',
    'window-management',
    'fileSystem',
    'a-permission-of-tomorrow',
    '',
  ])('[SEC-9] denies %s', (permission) => {
    expect(mayUse(permission, PAGE)).toBe(false);
  });

  it.each([
    'https://oadesk/',
    'app://media/',
    'app://oadesk.evil/',
    'app://x@oadesk/',
    'file:///',
    '',
    'null',
  ])('[SEC-9] grants nothing to %s', (origin) => {
    expect(mayUse('notifications', origin)).toBe(false);
  });
});

describe('the address of the page', () => {
  it('[SEC-5] is one document, whatever its fragment', () => {
    expect(isPageUrl('app://oadesk/index.html')).toBe(true);
    expect(isPageUrl('app://oadesk/index.html#/inbox')).toBe(true);
  });

  it.each([
    'app://oadesk/',
    'app://oadesk/assets/a.js',
    'app://oadesk/index.html?x=1',
    'app://media/index.html',
    'app://oadesk:1/index.html',
    'app://u:p@oadesk/index.html',
    'file:///index.html',
    'https://oadesk/index.html',
    'about:blank',
    '',
  ])('[SEC-5] is not %j', (url) => {
    expect(isPageUrl(url)).toBe(false);
  });
});
