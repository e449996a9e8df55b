import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServedMedia } from '#main/electron/app-protocol';
import { createAppProtocol, parseRange } from '#main/electron/app-protocol';
import { AppError } from '#shared/app-error';
import { silentLogger } from '#shared/log';

let folder: string;
let root: string;

const media: Record<string, ServedMedia> = {
  png: { mime: 'image/png', bytes: Uint8Array.from([137, 80, 78, 71]) },
  html: { mime: 'text/html', bytes: new TextEncoder().encode('<script>alert(1)</script>') },
  svg: { mime: 'image/svg+xml', bytes: new TextEncoder().encode('<svg onload="alert(1)"/>') },
  wav: { mime: 'audio/wav', bytes: Uint8Array.from({ length: 10 }, (_, i) => i) },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'app-protocol-'));
  root = join(folder, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(
    join(root, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  );
  await writeFile(join(root, 'assets', 'index-1.js'), 'export {};');
  await writeFile(join(root, 'assets', 'style.css'), 'body{}');
  await writeFile(join(root, 'assets', 'notes.txt'), 'not part of the page');
  await writeFile(join(folder, 'secret.js'), 'outside');
  await mkdir(join(folder, 'renderer-evil'));
  await writeFile(join(folder, 'renderer-evil', 'a.js'), 'sibling with the same prefix');
  await symlink(join(folder, 'secret.js'), join(root, 'link.js'));
  await symlink(folder, join(root, 'up'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function get(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = createAppProtocol({
    root,
    readMedia: (id) => {
      const found = media[id];
      return found ? Promise.resolve(found) : Promise.reject(new AppError({ code: 'media/staged-missing' }));
    },
    log: silentLogger,
  });
  // The platform's URL parser would tidy up what an attacker sends, so the raw text is handed over.
  const request = { url, method: init.method ?? 'GET', headers: new Headers(init.headers) };
  return answer(request as Request);
}

describe('the page over app://', () => {
  it.each([
    ['app://oadesk/', 'text/html; charset=utf-8'],
    ['app://oadesk/index.html', 'text/html; charset=utf-8'],
    ['app://oadesk/assets/index-1.js', 'text/javascript; charset=utf-8'],
    ['app://oadesk/assets/style.css', 'text/css; charset=utf-8'],
  ])('[SEC-4] serves %s as %s and forbids sniffing', async (url, mime) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(mime);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('[SEC-4] refuses %s', async (method) => {
    expect((await get('app://oadesk/index.html', { method })).status).toBe(405);
  });

  it.each([
    ['a parent folder', 'app://oadesk/../secret.js'],
    ['an encoded parent folder', 'app://oadesk/%2e%2e/secret.js'],
    ['an encoded slash', 'app://oadesk/..%2fsecret.js'],
    ['a deeper encoded parent folder', 'app://oadesk/assets/%2e%2e%2f%2e%2e%2fsecret.js'],
    ['a doubly encoded parent folder', 'app://oadesk/%252e%252e%252fsecret.js'],
    ['a backslash', 'app://oadesk/..\\secret.js'],
    ['an encoded backslash', 'app://oadesk/..%5csecret.js'],
    ['an absolute path', 'app://oadesk//etc/hostname.js'],
    ['an encoded absolute path', 'app://oadesk/%2Fetc%2Fhostname.js'],
    ['a drive', 'app://oadesk/C:/windows/a.js'],
    ['an encoded drive', 'app://oadesk/C%3A/windows/a.js'],
    ['NUL', 'app://oadesk/index.html%00.js'],
    ['a broken encoding', 'app://oadesk/%E0%A4%A.js'],
    ['a sibling with the same prefix', 'app://oadesk/../renderer-evil/a.js'],
    ['a link to a file outside', 'app://oadesk/link.js'],
    ['a link to a folder outside', 'app://oadesk/up/secret.js'],
    ['a file of an unknown kind', 'app://oadesk/assets/notes.txt'],
    ['a folder', 'app://oadesk/assets'],
    ['a file that does not exist', 'app://oadesk/assets/none.js'],
    ['another host', 'app://elsewhere/index.html'],
    ['no address at all', 'nonsense'],
  ])('[SEC-4] refuses %s', async (_what, url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });
});

describe('the policy of the page', () => {
  const policyOf = (response: Response) =>
    Object.fromEntries(
      (response.headers.get('content-security-policy') ?? '')
        .split('; ')
        .map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]),
    );

  it('[SEC-6] allows scripts of the app only and no connection, frame, worker, form or base', async () => {
    const policy = policyOf(await get('app://oadesk/index.html'));
    expect(policy['default-src']).toEqual(["'none'"]);
    expect(policy['script-src']).toEqual(["'self'"]);
    expect(policy['img-src']).toEqual(["'self'", 'app:']);
    expect(policy['media-src']).toEqual(['app:']);
    for (const name of ['connect', 'frame', 'worker', 'object', 'manifest']) {
      expect(policy[`${name}-src`]).toEqual(["'none'"]);
    }
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(policy[name]).toEqual(["'none'"]);
    expect(JSON.stringify(policy)).not.toMatch(/unsafe|https?:|data:|blob:|\*/);
  });

  it('[SEC-6] gives every document a nonce of its own, the same in header and page', async () => {
    const nonces: string[] = [];
    for (let i = 0; i < 3; i++) {
      const response = await get('app://oadesk/index.html');
      const nonce = /'nonce-([^']+)'/.exec(policyOf(response)['style-src']?.join(' ') ?? '')?.[1] ?? '';
      const html = await response.text();
      expect(html).toBe(`<meta name="csp-nonce" content="${nonce}"><style nonce="${nonce}"></style>`);
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(3);
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true);
  });
});

describe('media over app://media', () => {
  it('[SEC-7] serves an image with its type, inert and without sniffing', async () => {
    const response = await get('app://media/png');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([137, 80, 78, 71]);
  });

  it.each(['html', 'svg'])('[SEC-7] never serves %s as something a browser would run', async (id) => {
    const response = await get(`app://media/${id}`);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toBe('attachment');
  });

  it.each([
    'app://media/none',
    'app://media/',
    'app://media/..%2Fpng',
    'app://media/a/b',
    'app://media/png%00',
  ])('[SEC-7] refuses %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  it('lets a player seek', async () => {
    const response = await get('app://media/wav', { headers: { range: 'bytes=2-4' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 2-4/10');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([2, 3, 4]);
    expect((await get('app://media/wav', { headers: { range: 'bytes=10-' } })).status).toBe(416);
  });

  it.each([
    ['bytes=0-', { start: 0, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=5-100', { start: 5, end: 9 }],
    ['bytes=9-9', { start: 9, end: 9 }],
    ['bytes=-0', null],
    ['bytes=4-2', null],
    ['bytes=-', null],
    ['bytes=0-1,4-5', null],
    ['lines=1-2', null],
  ])('reads the range %s of ten bytes', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });
});
