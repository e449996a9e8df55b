/** Where secrets live. They are read by main only and never leave it. */

export type SecretName =
  /** 32 random bytes in hex; opens the database and everything derived from it. */
  | { readonly kind: 'database-key' }
  | { readonly kind: 'app-secret'; readonly appid: string }
  /** The Token of the server configuration (3–32 letters and digits). */
  | { readonly kind: 'callback-token'; readonly appid: string }
  /** 43 letters and digits. */
  | { readonly kind: 'encoding-aes-key'; readonly appid: string }
  /** The key before the current one: messages sealed before a change still open (callbacks.md §3). */
  | { readonly kind: 'previous-aes-key'; readonly appid: string }
  | { readonly kind: 'relay-device-token'; readonly linkId: string };

/** All methods throw AppError `keychain/unavailable` (params.backend) when the store cannot be used. */
export interface SecretStore {
  get(name: SecretName): Promise<string | null>;
  set(name: SecretName, value: string): Promise<void>;
  /** Deleting what does not exist is not an error. */
  delete(name: SecretName): Promise<void>;
  /** Writes, reads back and deletes a canary, so that a keychain that only pretends is found before anything is entrusted to it. */
  check(): Promise<void>;
}

/** The store's account name for a secret. */
export function secretKey(name: SecretName): string {
  switch (name.kind) {
    case 'database-key':
      return name.kind;
    case 'relay-device-token':
      return `${name.kind}:${name.linkId}`;
    default:
      return `${name.kind}:${name.appid}`;
  }
}
