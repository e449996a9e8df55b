/** What `relay doctor` measures against. */
export interface DoctorLimits {
  /** The ports that WeChat calls. */
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Authorities in PEM that are trusted besides the public ones. */
  readonly trustedAuthorities: readonly string[];
  /** Milliseconds for one connection or answer. */
  readonly timeoutMs: number;
  readonly slowMs: number;
  /** WeChat gives up after 5 s; some of them are the way from its servers. */
  readonly tooSlowMs: number;
  /** Authorities renew 30 days before the end: what is left below this was not renewed. */
  readonly certificateDays: number;
  readonly clockWarnSeconds: number;
  readonly clockFailSeconds: number;
  readonly diskWarnBytes: number;
  readonly diskFailBytes: number;
}

export const DOCTOR_LIMITS: DoctorLimits = {
  httpPort: 80,
  httpsPort: 443,
  trustedAuthorities: [],
  timeoutMs: 10_000,
  slowMs: 1_000,
  tooSlowMs: 4_000,
  certificateDays: 20,
  clockWarnSeconds: 10,
  clockFailSeconds: 300,
  diskWarnBytes: 1024 ** 3,
  diskFailBytes: 200 * 1024 ** 2,
};
