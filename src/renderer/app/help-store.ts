import { create } from 'zustand';
import { HELP_ARTICLES } from '#shared/domain/help/search';

/** What is searched for and which answer is open; kept while other screens are visited. */
export const useHelp = create<{ readonly query: string; readonly articleId: string }>(() => ({
  query: '',
  articleId: HELP_ARTICLES[0]?.id ?? '',
}));
