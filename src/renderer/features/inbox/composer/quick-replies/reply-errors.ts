/** What is wrong with a reply, in words, by the place where it is told. */
import type { ReplyProblem } from '#shared/domain/quick-replies/check-quick-reply';
import { MAX_NAME, MAX_SHORTCUT } from '#shared/domain/quick-replies/quick-reply';
import type { Translate } from '../../../../i18n/texts';
import type { quickReplyTexts } from './texts';

type T = Translate<(typeof quickReplyTexts)['zh-CN']>;
export type ReplyErrors = Readonly<Partial<Record<ReplyProblem['field'], string>>>;

/** Empty fields are no mistake before something was pressed. */
export function replyErrors(problems: readonly ReplyProblem[], pressed: boolean, t: T): ReplyErrors {
  const told = pressed
    ? problems
    : problems.filter(({ problem }) => problem !== 'missing' && problem !== 'bad-card');
  return Object.fromEntries(
    [...told].reverse().map((problem) => [problem.field, replyProblemWords(problem, t)]),
  );
}

export function replyProblemWords(problem: ReplyProblem, t: T): string {
  switch (problem.field) {
    case 'name':
      return problem.problem === 'missing' ? t('problemName') : t('problemNameLong', { max: MAX_NAME });
    case 'shortcut':
      if (problem.problem === 'taken') return t('problemShortcutTaken');
      return problem.problem === 'with-space'
        ? t('problemShortcutSpace')
        : t('problemShortcutLong', { max: MAX_SHORTCUT });
    case 'body':
      return t('problemBody');
    case 'zh':
    case 'en':
      if (problem.problem === 'bad-card') return t('problemCard');
      return problem.problem === 'missing' ? t('problemText') : t('problemTextLong');
  }
}
