import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpRelayApi, relayUrl } from '#main/relay/http-relay-api';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const api = () => createHttpRelayApi({ machine: { now: () => 0 }, onServerDate: () => undefined });
const linkTo = (url: string) => ({ url, deviceToken: 'a-device-token' });
const code = (value: string) => expect.objectContaining({ code: value });

describe('the relay over HTTP', () => {
  it.each([
    'http://relay.example.com',
    'http://192.168.1.5:8080',
    'http://127.evil.example',
    'ftp://relay.example.com',
    'https://user:pw@relay.example.com',
    'https://relay.example.com/?a=b',
    'relay.example.com',
    '',
  ])('refuses the address %j before anything is sent', async (url) => {
    await expect(api().pair(url, 'CODE', 'desk')).rejects.toEqual(code('relay/bad-address'));
  });

  it.each([
    ['https://relay.example.com', 'https://relay.example.com/v1/pair'],
    ['https://relay.example.com/', 'https://relay.example.com/v1/pair'],
    ['https://shop.example.com/relay/', 'https://shop.example.com/relay/v1/pair'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/v1/pair'],
    ['http://localhost:4000', 'http://localhost:4000/v1/pair'],
    ['http://[::1]:4000', 'http://[::1]:4000/v1/pair'],
  ])('takes the address %j', (origin, url) => {
    expect(relayUrl(origin, '/v1/pair').href).toBe(url);
  });

  it('pairs with a code and tells a wrong one from a relay that is not there', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const right = (JSON.parse(body) as { code: string }).code === 'RIGHT-CODE';
        response.writeHead(right ? 200 : 403, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(
            right ? { deviceToken: 't' } : { error: { code: 'relay/wrong-code', message: 'no' } },
          ),
        );
      });
    });
    expect(await api().pair(url, 'RIGHT-CODE', 'desk')).toEqual({ deviceToken: 't' });
    await expect(api().pair(url, 'OTHER-CODE', 'desk')).rejects.toEqual(code('relay/wrong-code'));
    servers.splice(0).forEach((server) => {
      server.closeAllConnections();
      server.close();
    });
    await expect(api().pair(url, 'RIGHT-CODE', 'desk')).rejects.toEqual(code('relay/unreachable'));
  });

  it.each([
    ['a web page', 200, 'text/html', '<html></html>'],
    ['other JSON', 200, 'application/json', '{"hello":1}'],
    ['a redirect', 302, 'text/plain', ''],
    ['a plain 404', 404, 'text/html', '<h1>not found</h1>'],
    ['a feed with a broken item', 200, 'application/json', '{"items":[{"seq":"x"}],"next":1}'],
  ])('says relay/protocol when it gets %s', async (_what, status, type, body) => {
    const url = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    });
    await expect(api().feed(linkTo(url), 0, 0, 10, new AbortController().signal)).rejects.toEqual(
      code('relay/protocol'),
    );
  });

  it('reads a page with items that a later relay has invented, and keeps them as they came', async () => {
    const known = {
      ...{ seq: 1, kind: 'message', appid: 'wx0123456789abcdef', receivedAt: 1, query: {}, encrypted: true },
      body: '<xml/>',
    };
    const earlier = { seq: 1, appid: 'wx0123456789abcdef', receivedAt: 1, query: {}, body: '<xml/>' };
    const strange = { seq: 2, kind: 'hologram', appid: 'wx0123456789abcdef', rays: [1, 2] };
    const stranger = { seq: 3, colour: 'blue' };
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ items: [known, earlier, strange, stranger], next: 3 }));
    });
    const page = await api().feed(linkTo(url), 0, 0, 10, new AbortController().signal);
    expect(page).toEqual({
      items: [
        known,
        known,
        { kind: 'unknown', seq: 2, appid: 'wx0123456789abcdef', raw: strange },
        { kind: 'unknown', seq: 3, appid: '', raw: stranger },
      ],
      next: 3,
    });
  });

  it('says that there are no rules, and tells that from a relay that refuses', async () => {
    const refusals = ['relay/not-found', 'relay/unauthorized'];
    const url = await serve((_request, response) => {
      const refused = refusals.shift() ?? '';
      response.writeHead(refused === 'relay/not-found' ? 404 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { code: refused, message: '' } }));
    });
    expect(await api().getRules(linkTo(url), 'wx0123456789abcdef')).toBeNull();
    await expect(api().getRules(linkTo(url), 'wx0123456789abcdef')).rejects.toEqual(
      code('relay/unauthorized'),
    );
  });

  it('takes an empty answer to a removal, and that the account was not there', async () => {
    const statuses = [204, 404];
    const url = await serve((_request, response) => {
      const status = statuses.shift() ?? 500;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        status === 404
          ? JSON.stringify({ error: { code: 'relay/unknown-account', message: '' } })
          : undefined,
      );
    });
    await api().removeAccount(linkTo(url), 'wx0123456789abcdef');
    await api().removeAccount(linkTo(url), 'wx0123456789abcdef');
    expect(statuses).toEqual([]);
  });

  it('rejects an aborted poll with the reason of the signal', async () => {
    const url = await serve(() => undefined);
    const controller = new AbortController();
    const reason = new Error('enough');
    const poll = api().feed(linkTo(url), 0, 20, 10, controller.signal);
    controller.abort(reason);
    await expect(poll).rejects.toBe(reason);
  });

  it('[SEC-14] puts neither device token nor address into an error', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(500);
      response.end('a-device-token');
    });
    const error = await api()
      .feed(linkTo(url), 0, 0, 10, new AbortController().signal)
      .catch((caught: unknown) => caught);
    const seen = JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(error).toEqual(code('relay/unreachable'));
    expect(seen).not.toContain('a-device-token');
    expect(seen).not.toContain(new URL(url).host);
  });
});
