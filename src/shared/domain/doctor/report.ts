/** The report of an examination for support: nothing in it names a follower, an account in full, or a callback address. */
import { pick } from '../../localized';
import type { UnixSeconds } from '../clock';
import { checkName, firstCause, type CheckState, type Finding } from './finding';
import type { Patient } from './observations';
import { detailText, findingWords, momentText, type WordsOptions } from './words';

export interface ReportInput extends WordsOptions {
  readonly appid: string;
  readonly patient: Patient;
  readonly version: string;
  readonly startedAt: UnixSeconds;
  readonly findings: readonly Finding[];
}

const STATE_WORDS: Readonly<Record<CheckState, readonly [zh: string, en: string]>> = {
  ok: ['正常', 'OK'],
  warning: ['注意', 'WARNING'],
  failed: ['故障', 'FAILED'],
  'not-applicable': ['不适用', 'N/A'],
  unknown: ['未检查', 'UNKNOWN'],
};

/** The report as text, without any final redaction of secrets, which is the logger's. */
export function reportText(input: ReportInput): string {
  const { locale, findings, patient } = input;
  const word = (zh: string, en: string): string => (locale === 'en' ? en : zh);
  const cause = firstCause(findings);
  const lines = [
    `${word('OA Desk 连接体检', 'OA Desk connection doctor')} ${input.version}`,
    `${word('时间', 'Time')}: ${momentText(input.startedAt, input)}`,
    `${word('公众号', 'Account')}: ${input.appid} · ${patient.kind} · ${patient.door} · ${patient.region} · ${patient.status}`,
    `${word('首要原因', 'First cause')}: ${cause === null ? word('没有发现问题', 'none found') : findingWords(cause, input).title}`,
    '',
  ];
  for (const finding of findings) {
    const [zh, en] = STATE_WORDS[finding.state];
    lines.push(
      `[${word(zh, en)}] ${pick(checkName(finding.check), locale)} – ${findingWords(finding, input).title}`,
    );
    if (finding.code !== '') lines.push(`    ${finding.code}${errorFacts(finding)}`);
    for (const detail of finding.details)
      lines.push(`    ${pick(detail.label, locale)}: ${detailText(detail, input)}`);
  }
  return maskNames(lines.join('\n'));
}

function errorFacts({ error }: Finding): string {
  if (error === null) return '';
  const facts = [
    error.errcode === undefined ? null : `errcode ${String(error.errcode)}`,
    error.rid === undefined ? null : `rid ${error.rid}`,
    error.errmsg ?? null,
  ].filter((fact) => fact !== null);
  return facts.length > 0 ? ` (${facts.join('; ')})` : '';
}

/** Shortens AppIDs and original ids, hides openids and the keys of callback addresses. */
export function maskNames(text: string): string {
  return text
    .replace(/\b(wx[0-9a-f]{4})[0-9a-f]{8}([0-9a-f]{4})\b/g, '$1…$2')
    .replace(/\bgh_[0-9a-f]{6,}\b/g, 'gh_…')
    .replace(/(\/wx\/)[A-Za-z0-9_-]{16,}/g, '$1…')
    .replace(/(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/g, 'o…');
}
