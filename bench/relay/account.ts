/** The account whose pushes the benchmark sends; every server under test is given the same one. */
export const ACCOUNT = {
  appid: 'wx0000000000be7c5a',
  token: 'benchtoken2026',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  originalId: 'gh_0123456789ab',
} as const;

/** Seconds a timestamp may differ from the clock, as in the relay. */
export const TIMESTAMP_WINDOW = 600;

/** Addresses of the bare server: one only checks, one also opens. */
export const FLOOR_PATHS = { sealed: `/wx/${'A'.repeat(32)}`, opened: `/wx/${'B'.repeat(32)}` } as const;
