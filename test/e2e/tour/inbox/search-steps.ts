/** The search over everything, and the jump to what it found. */
import { SearchPage } from '../../pages/search';
import { type Step } from '../tour';
import { BOTH, EVERY, PERSON, putAway, SHORT } from './stage';

export const SEARCH_STEPS: readonly Step[] = [
  {
    name: 'hour-search',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      const search = new SearchPage(tour.page);
      await search.openEverywhere();
      await search.ask('礼盒');
      await search.hit(PERSON.gifts).waitFor(SHORT);
    },
  },
  {
    name: 'hour-search-quick-replies',
    also: EVERY,
    async run(tour) {
      const search = new SearchPage(tour.page);
      await search.ask('营业');
      await search.hit('{营业时间}').first().getByText('插入当前会话').waitFor(SHORT);
    },
  },
  {
    name: 'hour-search-filters',
    also: BOTH,
    async run(tour) {
      const search = new SearchPage(tour.page);
      await search.ask('');
      await search.addFilter('图片');
      await search.hit('[图片]').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-search-jump',
    also: BOTH,
    async run(tour) {
      const search = new SearchPage(tour.page);
      await search.ask('靠窗');
      await search.hit('十家值得去的茶馆').click();
      await tour.page.locator('[data-target]').first().waitFor(SHORT);
    },
  },
];
