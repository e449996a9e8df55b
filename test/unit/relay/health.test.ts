import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliver, RelayHarness, sealedPush } from './support/relay-harness';

let relay: RelayHarness;
beforeEach(async () => {
  relay = await RelayHarness.start();
});
afterEach(() => relay.stop());

it('is healthy while its store takes writes', async () => {
  const response = await fetch(`${relay.origin}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', store: 'ok' });
});

it('is not healthy when its store does not', async () => {
  await relay.store.close();
  const response = await fetch(`${relay.origin}/healthz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'failing', store: 'failing' });
});

it('shows figures in Prometheus’ format, without naming accounts or secrets', async () => {
  const device = await relay.pair();
  const { callbackUrl, key } = await device.bind();
  const push = sealedPush('机密', relay.clock.now());
  await deliver(callbackUrl, push);
  await deliver(callbackUrl, push);
  await deliver(callbackUrl, { ...push, query: { ...push.query, nonce: '1' } });
  await device.feed();
  const response = await fetch(`${relay.origin}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  for (const line of [
    'oadesk_relay_callbacks_total{outcome="stored"} 1',
    'oadesk_relay_callbacks_total{outcome="duplicate"} 1',
    'oadesk_relay_callbacks_total{outcome="callback/bad-signature"} 1',
    'oadesk_relay_callback_seconds_count 2',
    'oadesk_relay_feed_messages_total 1',
    'oadesk_relay_pairings_total{outcome="paired"} 1',
  ])
    expect(text.split('\n')).toContain(line);
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(#( \S+){3}.*|[a-z_]+(\{[a-z]+="[^"]*"\})? -?[\d.e+-]+)$/);
  for (const secret of [device.token, key, 'wx0123456789abcdef', push.query['nonce'] ?? '-'])
    expect(text).not.toContain(secret);
});
