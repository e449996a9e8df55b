import { create } from 'zustand';
import { HELP_ARTICLES } from '#shared/domain/help/search';
import { useNavigation } from '../../app/navigation';

/** What is searched for and which answer is open; kept while other screens are visited. */
export const useHelp = create<{ readonly query: string; readonly articleId: string }>(() => ({
  query: '',
  articleId: useNavigation.getState().helpArticle ?? HELP_ARTICLES[0]?.id ?? '',
}));

/** Another screen asks for one answer. */
useNavigation.subscribe(({ helpArticle }, before) => {
  if (helpArticle !== null && helpArticle !== before.helpArticle)
    useHelp.setState({ query: '', articleId: helpArticle });
});
