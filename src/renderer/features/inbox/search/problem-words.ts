import { parseQuery } from '#shared/domain/search/parse-query';
import type { SearchProblem } from '#shared/domain/search/query';
import type { Translate } from '../../../i18n/texts';
import { serverNow } from '../../../ui/clock';
import type { searchTexts } from './texts';

type T = Translate<(typeof searchTexts)['zh-CN']>;

/** What is not understood in a line of search, in words. */
export function problemWords(text: string, t: T): string[] {
  return parseQuery(text, serverNow()).problems.map((problem) => words(problem, text, t));
}

function words(problem: SearchProblem, text: string, t: T): string {
  switch (problem.code) {
    case 'missing-value':
      return t('missingValue', { operator: text.slice(problem.start, problem.end).replace(/[:：].*$/u, '') });
    case 'bad-date':
      return t('badDate');
    case 'negated-filter':
      return t('negatedFilter');
    case 'unknown-value':
      return t(problem.operator === 'has' ? 'unknownHas' : 'unknownIs', { value: problem.value });
    case 'empty-range':
      return t('emptyRange');
  }
}
