import type { Print } from '../commands';
import type { EnvironmentKeys } from '../keys';
import type { DoctorOptions } from '../options';
import { examine } from './examine';
import { statusOf, tell, type Language, type Told } from './finding';
import type { Status } from './texts/text';
import { DOCTOR_LIMITS, type DoctorLimits } from './limits';

const MARKS: Readonly<Record<Status, string>> = { ok: '[ ok ]', warn: '[warn]', fail: '[FAIL]' };
const VERDICTS: Readonly<Record<Language, Readonly<Record<Status, string>>>> = {
  zh: { ok: '一切正常。', warn: '可以使用，请留意以上警告。', fail: '有检查未通过，请按上面的提示修复。' },
  en: {
    ok: 'All is well.',
    warn: 'It works; mind the warnings above.',
    fail: 'Some checks failed; follow the advice above.',
  },
};

/** Examines the relay and prints what was found. Returns the exit code: 1 when a check failed. */
export async function runDoctor(
  options: DoctorOptions,
  environment: EnvironmentKeys & { readonly language: string },
  print: Print,
  limits: DoctorLimits = DOCTOR_LIMITS,
): Promise<number> {
  const language: Language = options.lang ?? (/^zh/i.test(environment.language) ? 'zh' : 'en');
  const findings = await examine(options, environment, limits);
  const statuses = findings.map(statusOf);
  const worst = (['fail', 'warn'] as const).find((status) => statuses.includes(status)) ?? 'ok';
  const told = findings.map((finding) => tell(finding, language));
  if (options.json) print(`${JSON.stringify({ ok: worst !== 'fail', checks: told })}\n`);
  else print(`${told.map(block).join('')}${VERDICTS[language][worst]}\n`);
  return worst === 'fail' ? 1 : 0;
}

function block({ status, title, cause, advice }: Told): string {
  const lines = [`${MARKS[status]} ${title}: ${cause}`, ...(advice === '' ? [] : [`       -> ${advice}`])];
  return `${lines.join('\n')}\n`;
}
