import type { Localized } from '#shared/localized';
import { FINDINGS, type FindingCode } from './texts/findings';
import { CHECKS, type CheckId, type Status } from './texts/text';

export type Language = 'zh' | 'en';
export type Params = Readonly<Record<string, string | number>>;

/** The codes of one check. */
export type FindingCodeOf<Check extends CheckId> = Extract<FindingCode, `${Check}/${string}`>;

/** What one check saw. */
export interface Finding {
  readonly code: FindingCode;
  readonly params: Params;
}

/** A finding in words. */
export interface Told {
  readonly check: CheckId;
  readonly code: FindingCode;
  readonly status: Status;
  readonly title: string;
  readonly cause: string;
  /** Empty when there is nothing to do. */
  readonly advice: string;
}

export function found(code: FindingCode, params: Params = {}): Finding {
  return { code, params };
}

export function statusOf({ code }: Finding): Status {
  return FINDINGS[code].status;
}

export function tell(finding: Finding, language: Language): Told {
  const { code, params } = finding;
  const text = FINDINGS[code];
  const [check] = code.split('/') as [CheckId];
  const say = (words: Localized): string => fill(words[language], params);
  return {
    check,
    code,
    status: text.status,
    title: CHECKS[check][language],
    cause: say(text.cause),
    advice: 'advice' in text ? say(text.advice) : '',
  };
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
