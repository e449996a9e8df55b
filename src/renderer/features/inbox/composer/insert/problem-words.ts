/** What is wrong with a field, in words. */
import type { CardProblem } from '#shared/domain/cards/check-card';
import type { Translate } from '../../../../i18n/texts';
import type { insertTexts } from './texts';

export function problemWords(
  { field, problem, limit, length }: CardProblem,
  t: Translate<(typeof insertTexts)['zh-CN']>,
): string {
  switch (problem) {
    case 'missing':
      if (field === 'picture') return t('needPicture');
      return field === 'article' ? t('chooseArticle') : t('missing');
    case 'too-long': {
      const max = limit?.max ?? 0;
      const values = { max, over: (length ?? 0) - max };
      return limit?.unit === 'bytes' ? t('tooLongBytes', values) : t('tooLongCharacters', values);
    }
    case 'not-a-link':
      return t('notALink');
    case 'not-an-app-id':
      return t('notAnAppId');
    case 'leading-slash':
      return t('leadingSlash');
    case 'too-many':
      return t('tooMany', { max: limit?.max ?? 0 });
    case 'duplicate':
      return t('duplicate');
  }
}

/** Problems that are told while nothing was pressed yet: an empty field is no mistake before. */
export function shownProblems(problems: readonly CardProblem[], pressed: boolean): readonly CardProblem[] {
  return pressed ? problems : problems.filter(({ problem }) => problem !== 'missing');
}
