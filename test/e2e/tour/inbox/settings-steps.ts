/** Palette and keys, notifications and reminders. */
import { ConversationListPage } from '../../pages/conversation-list';
import { Shell } from '../../pages/shell';
import { call } from '../../support/account';
import { type Step } from '../tour';
import { BOTH, EVERY, putAway, SHORT } from './stage';

export const SETTINGS_STEPS: readonly Step[] = [
  {
    name: 'hour-palette',
    also: BOTH,
    async run(tour) {
      await new Shell(tour.page).open('inbox');
      await tour.page.keyboard.press('Control+k');
      const { palette } = new ConversationListPage(tour.page);
      await palette.getByRole('combobox').fill('稍后');
      await palette.getByRole('option', { selected: true }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-keys',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      await tour.page.keyboard.press('?');
      await tour.page.getByRole('dialog', { name: '键盘快捷键' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-settings-notifications',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      const { settings } = await call(tour.app, 'app.bootstrap', {});
      await call(tour.app, 'settings.update', { quietHours: { ...settings.quietHours, on: true } });
      await new Shell(tour.page).open('settings');
      await tour.page.getByRole('region', { name: '通知' }).evaluate((part) => part.scrollIntoView());
    },
  },
  {
    name: 'hour-settings-reminders',
    also: BOTH,
    async run({ page }) {
      await page.getByRole('region', { name: '提醒' }).evaluate((part) => part.scrollIntoView());
    },
  },
];
