/** What the doctor has seen. Findings are functions of these and of nothing else. */
import type { AppErrorData, Result } from '../../app-error';
import type { UnixSeconds } from '../clock';

/** The account as far as the doctor cares. */
export interface Patient {
  readonly kind: 'service' | 'subscription';
  readonly verified: boolean;
  readonly verificationExpiresAt: UnixSeconds | null;
  readonly region: 'mainland' | 'overseas';
  readonly door: 'manual' | 'scan' | 'demo';
  readonly status: 'bound' | 'unbound' | 'frozen';
  readonly callbackUrl: string | null;
}

/** Server clock minus this computer's, seconds. */
export interface ClockReading {
  readonly offset: number;
}
export interface ClockObservation {
  readonly wechat: Result<ClockReading>;
  /** null: the account has no relay. */
  readonly relay: Result<ClockReading> | null;
}

/** One real request for a token, on the way that such requests take. */
export type TokenAnswer = Result<{ readonly expiresIn: number }>;

export interface WhitelistObservation {
  readonly answer: TokenAnswer;
  /** The addresses under which WeChat sees the relay, as it says itself; empty when unknown. */
  readonly relayAddresses: readonly string[];
}

/** A token that another system ended before its time. */
export interface TokenIncident {
  readonly replacedAt: UnixSeconds;
  readonly noticedAt: UnixSeconds;
}
export interface TokenObservation {
  readonly answer: TokenAnswer;
  readonly incidents: readonly TokenIncident[];
  /** Calls of `/cgi-bin/token` today, which this product never makes; null: not known. */
  readonly classicCalls: number | null;
  readonly now: UnixSeconds;
}

export interface RelaySigns {
  readonly health: Result<{ readonly storing: boolean }>;
  /** What the relay has registered for the account; null: nothing. */
  readonly registered: Result<{
    readonly callbackUrl: string | null;
    readonly mode: 'sealed' | 'assisted' | 'component';
  } | null>;
  /** Items that wait there for this computer; null: not known. */
  readonly waiting: number | null;
  /** Pushes refused since the relay started, of whatever account; null: not known. */
  readonly refused: { readonly plain: number; readonly badSignature: number } | null;
}
export interface WeChatCallbackView {
  /** Addresses that WeChat resolves the configured URL to. */
  readonly dns: readonly string[];
  readonly ping: readonly { readonly ip: string; readonly lost: boolean; readonly time: string }[];
}
export interface CallbackObservation {
  readonly offline: boolean;
  /** null: the account has no relay. */
  readonly relay: RelaySigns | null;
  /** null: not asked, because there is no token. */
  readonly wechat: Result<WeChatCallbackView> | null;
  readonly lastMessageAt: UnixSeconds | null;
  readonly now: UnixSeconds;
}

export interface AesObservation {
  /** Whether Token and EncodingAESKey are in the keychain and well formed. */
  readonly keys: Result<null>;
  readonly quarantine: readonly {
    readonly reason: string;
    readonly count: number;
    readonly lastAt: UnixSeconds | null;
  }[];
  /** Kept messages that the present key opened just now. */
  readonly recovered: number;
  readonly refusedPlain: number | null;
  readonly lastMessageAt: UnixSeconds | null;
  readonly mode: 'sealed' | 'assisted' | 'component' | null;
}

/** Ids of granted permission sets; null where there is nothing to grant. */
export type GrantedSets = Result<readonly number[]> | null;

export interface ExclusivityObservation {
  readonly granted: GrantedSets;
  readonly wechat: Result<WeChatCallbackView> | null;
  /** Addresses of the registered callback's host as this computer resolves it; empty when it does not. */
  readonly ownAddresses: readonly string[];
  readonly lastMessageAt: UnixSeconds | null;
  readonly now: UnixSeconds;
}

export interface VerificationObservation {
  /** Whether WeChat lets the account use what is for verified ones; null: not asked. */
  readonly probe: Result<boolean> | null;
  /** The newest event about the verification. */
  readonly event: { readonly name: string; readonly at: UnixSeconds } | null;
  readonly now: UnixSeconds;
}

export interface QuotaLine {
  readonly path: string;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
}
export interface QuotaObservation {
  readonly lines: readonly QuotaLine[];
  /** Why a path could not be read. */
  readonly errors: readonly AppErrorData[];
}

export interface CategoryObservation {
  readonly verified: boolean;
  /** The industries (行业) of the account; null for none. */
  readonly industry: Result<{ readonly first: string; readonly second: string } | null> | null;
}
