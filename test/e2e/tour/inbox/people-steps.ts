/** The person beside the chat, and who was not answered. */
import { InboxPage } from '../../pages/inbox';
import { PeoplePane } from '../../pages/people';
import { SearchPage } from '../../pages/search';
import { Shell } from '../../pages/shell';
import { call } from '../../support/account';
import { type Step } from '../tour';
import { BOTH, EVERY, open, PERSON, SHORT, staged } from './stage';

export const PEOPLE_STEPS: readonly Step[] = [
  {
    name: 'hour-people',
    also: EVERY,
    async run(tour) {
      await new SearchPage(tour.page).bar.getByRole('searchbox').press('Escape');
      await open(tour, 'cake');
      const pane = new PeoplePane(tour.page);
      await pane.setRemark('王姐');
      await pane.button(/^修改微信备注$/).waitFor(SHORT);
      const tags = await call(tour.app, 'tags.list', { appid: staged().shop.appid });
      const name = tags.find(({ id }) => id >= 100)?.name ?? '';
      await tour.page.keyboard.press('t');
      await pane.addTag(name);
    },
  },
  {
    name: 'hour-blacklist-asks',
    also: BOTH,
    async run(tour) {
      const pane = new PeoplePane(tour.page);
      const block = pane.button(/^加入黑名单$/);
      await block.scrollIntoViewIfNeeded();
      await block.click();
      await tour.page.getByRole('tooltip').getByRole('button', { name: '加入黑名单' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-blacklisted',
    also: BOTH,
    async run(tour) {
      await tour.page.getByRole('tooltip').getByRole('button', { name: '加入黑名单' }).click();
      await new InboxPage(tour.page).closed.getByText('移出黑名单').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-missed-report',
    also: EVERY,
    async run(tour) {
      await new Shell(tour.page).open('reports');
      await tour.page.getByRole('listitem').getByText(PERSON.late).waitFor(SHORT);
    },
  },
];
