import { pick, type Locale, type Localized } from '../../localized';
import type { HelpArticle } from './article';
import { CONNECT_ARTICLES } from './connect';
import { OVERSEAS_ARTICLES } from './overseas';
import { REPLY_ARTICLES } from './reply';
import { START_ARTICLES } from './start';
import { VERIFY_ARTICLES } from './verify';

/** Every answer, in the order of the screen. */
export const HELP_ARTICLES: readonly HelpArticle[] = [
  ...START_ARTICLES,
  ...VERIFY_ARTICLES,
  ...CONNECT_ARTICLES,
  ...REPLY_ARTICLES,
  ...OVERSEAS_ARTICLES,
];

/**
 * The answers that contain every word of the query, in either language, those with a hit in the question first. Chinese
 * needs no blanks between words; an empty query finds all.
 */
export function searchHelp(query: string, locale: Locale): readonly HelpArticle[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return HELP_ARTICLES.map((article) => ({ article, rank: rankOf(article, words, locale) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ article }) => article);
}

function rankOf(article: HelpArticle, words: readonly string[], locale: Locale): number {
  const question = fold(pick(article.question, locale));
  const everything = fold(
    [
      ...[article.question, ...article.answer, ...(article.steps ?? [])].flatMap(bothLanguages),
      article.keywords ?? '',
    ].join('\n'),
  );
  if (!words.every((word) => everything.includes(word))) return 0;
  return 1 + words.filter((word) => question.includes(word)).length;
}

function bothLanguages({ zh, en }: Localized): readonly string[] {
  return [zh, en];
}

/** Full-width letters and digits, and case, do not matter. */
function fold(words: string): string {
  return words.normalize('NFKC').toLowerCase();
}
