import type { Account } from '../state/account';
import type { CallbackTarget } from '../push/target';
import type { Authorization } from './authorization';
import { Component, type ComponentConfig } from './component';

/** The permission set (消息管理) that sends an account's messages to the platform. */
const MESSAGE_SET = 1;

/** A token of the platform family and whose it is. */
export type ComponentOwner =
  | { readonly kind: 'component'; readonly component: Component }
  | { readonly kind: 'authorizer'; readonly component: Component; readonly authorization: Authorization };

/** Every third-party platform that the simulated WeChat knows. */
export class ComponentRegistry {
  readonly #components = new Map<string, Component>();

  /** Registers a platform, or changes the addresses and keys of one that is registered. */
  register(config: ComponentConfig, seed: number, now: number): Component {
    const known = this.#components.get(config.componentAppid);
    if (known !== undefined) {
      known.config = config;
      return known;
    }
    const component = new Component(config, seed, now);
    this.#components.set(component.appid, component);
    return component;
  }

  get(appid: string): Component | null {
    return this.#components.get(appid) ?? null;
  }

  all(): readonly Component[] {
    return [...this.#components.values()];
  }

  /** Whose token it is; null for a token that is none of the platform family. */
  ownerOfToken(token: string): ComponentOwner | null {
    for (const component of this.#components.values()) {
      if (component.tokens.owns(token)) return { kind: 'component', component };
      const authorization = component.authorizationOfToken(token);
      if (authorization !== null) return { kind: 'authorizer', component, authorization };
    }
    return null;
  }

  /** Where an account's messages go because it granted the message set: to every platform that holds it. */
  targetsOf(account: Account): readonly CallbackTarget[] {
    return this.all().flatMap((component) => {
      if (!component.authorizationOf(account.appid)?.sets.includes(MESSAGE_SET)) return [];
      const { callbackUrl, token, encodingAESKey, componentAppid } = component.config;
      const url = callbackUrl.replaceAll('$APPID$', account.appid);
      return [{ url, token, encodingAESKey, mode: 'safe', component: componentAppid }];
    });
  }
}
