/** Unix time in whole or fractional **seconds**, WeChat's own unit. */
export type UnixSeconds = number;

/** The one clock port. Rules never read the machine's clock: they are given `now`. */
export interface Clock {
  now(): UnixSeconds;
}
