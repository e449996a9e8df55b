/** What the connection doctor asks. */

/** What the database can tell about the health of an account's connection. */
export interface ConnectionSigns {
  /** When WeChat sent the newest message, or news of the account itself; null: nothing was ever received. */
  readonly lastMessageAt: number | null;
  /** What waits in quarantine, by reason, most frequent first; `lastAt` by the relay's clock. */
  readonly quarantine: readonly {
    readonly reason: string;
    readonly count: number;
    readonly lastAt: number | null;
  }[];
  /** The newest thing WeChat said about the verification (微信认证). */
  readonly verificationEvent: { readonly name: string; readonly at: number } | null;
}

export interface DoctorReads {
  signs(appid: string): ConnectionSigns;
}
