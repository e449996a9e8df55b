import { setTimeout as delay } from 'node:timers/promises';
import { encryptEnvelope } from '#wechat/callback/envelope';
import { sign } from '#wechat/callback/signature';
import { buildXml, type XmlInput } from '#wechat/callback/xml';
import { callServer } from '../push/http';
import { wireNonce, wireTimestamp } from '../push/wire';
import type { World } from '../state/world';
import type { Component } from './component';
import { closingController } from '../closing';

export type InfoType = 'component_verify_ticket' | 'authorized' | 'updateauthorized' | 'unauthorized';

/** One delivery of a platform-level event. */
export interface PlatformDelivery {
  /** HTTP status; 0 when there was no full answer. */
  readonly status: number;
  readonly ms: number;
  readonly reply: string | null;
  /** Only `success` with status 200 is taken. */
  readonly outcome: 'accepted' | 'refused' | 'timeout' | 'connection';
}

/** One platform-level event and what became of it. */
export interface PlatformPush {
  /** Unix seconds by the sandbox's clock. */
  readonly at: number;
  readonly infoType: InfoType;
  readonly authorizerAppid: string | null;
  readonly deliveries: readonly PlatformDelivery[];
}

/** Pushes tickets and authorization events to 授权事件接收URL: XML, always encrypted (auth-component.md §1 and §4). */
export class PlatformPusher {
  readonly #world: World;
  readonly #closing = closingController();

  constructor(world: World) {
    this.#world = world;
  }

  close(): void {
    this.#closing.abort();
  }

  /** Delivers until the platform says `success`, at most as often as WeChat's rules say. Never rejects. */
  async push(
    component: Component,
    infoType: InfoType,
    nodes: Readonly<Record<string, XmlInput>>,
  ): Promise<PlatformPush> {
    const { clock, push: rules } = this.#world;
    const at = clock.now();
    const message = buildXml({ AppId: component.appid, CreateTime: at, InfoType: infoType, ...nodes });
    const deliveries: PlatformDelivery[] = [];
    for (let attempt = 1; attempt <= rules.attempts && !this.#closing.signal.aborted; attempt += 1) {
      const startedAt = performance.now();
      const delivery = await this.#deliver(component, message);
      deliveries.push(delivery);
      if (delivery.outcome === 'accepted') break;
      if (attempt < rules.attempts) await this.#pause(rules.gapMs - (performance.now() - startedAt));
    }
    const authorizer = nodes['AuthorizerAppid'];
    const push = {
      at,
      infoType,
      authorizerAppid: typeof authorizer === 'string' ? authorizer : null,
      deliveries,
    };
    component.notePush(push);
    return push;
  }

  async #deliver(component: Component, message: string): Promise<PlatformDelivery> {
    const { ticketUrl, token, encodingAESKey } = component.config;
    const { random, push: rules } = this.#world;
    const timestamp = wireTimestamp();
    const nonce = wireNonce(random);
    const encrypt = encryptEnvelope({
      encodingAESKey,
      appid: component.appid,
      message,
      random: random.bytes(16),
    });
    const url = new URL(ticketUrl);
    url.searchParams.set('signature', sign(token, timestamp, nonce));
    url.searchParams.set('timestamp', timestamp);
    url.searchParams.set('nonce', nonce);
    url.searchParams.set('encrypt_type', 'aes');
    url.searchParams.set('msg_signature', sign(token, timestamp, nonce, encrypt));
    const answer = await callServer(url, {
      method: 'POST',
      body: buildXml({ AppId: component.appid, Encrypt: encrypt }),
      deadlineMs: rules.deadlineMs,
      signal: this.#closing.signal,
    });
    if (answer.kind === 'failed') return { status: 0, ms: answer.ms, reply: null, outcome: answer.reason };
    const accepted = answer.status === 200 && answer.body.trim() === 'success';
    const { status, ms, body: reply } = answer;
    return { status, ms, reply, outcome: accepted ? 'accepted' : 'refused' };
  }

  async #pause(ms: number): Promise<void> {
    if (ms <= 0) return;
    await delay(ms, undefined, { signal: this.#closing.signal }).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) throw error;
    });
  }
}
