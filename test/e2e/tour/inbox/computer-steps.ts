/** Relay and computers in the settings. */
import { RelaySettings } from '../../pages/relay-settings';
import { call } from '../../support/account';
import { CHINESE_LIGHT, ENGLISH_DARK, wear, type Step } from '../tour';
import { BOTH, EVERY, hear, putAway, SHORT, staged } from './stage';

export const COMPUTER_STEPS: readonly Step[] = [
  {
    name: 'hour-computers',
    also: EVERY,
    async run(tour) {
      const relay = new RelaySettings(tour.page);
      const [paired] = await call(tour.app, 'relay.list', {});
      const { code } = await call(tour.app, 'relay.invite', { linkId: paired?.linkId ?? '' });
      await fetch(`${staged().world.relay.origin}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, name: '收银台的笔记本' }),
      });
      await relay.device('收银台的笔记本').waitFor({ timeout: 30_000 });
      await relay.section.evaluate((part) => part.scrollIntoView({ block: 'center' }));
    },
  },
  {
    name: 'hour-computers-invite',
    also: EVERY,
    async run(tour) {
      await hear(tour);
      await new RelaySettings(tour.page).invite();
    },
  },
  {
    name: 'hour-computers-remove',
    async run(tour) {
      await putAway(tour);
      const relay = new RelaySettings(tour.page);
      await relay.device('收银台的笔记本').getByRole('button').click();
      await relay.confirmation.waitFor(SHORT);
    },
  },
  {
    // Opened anew: a question that is on screen keeps its language.
    name: 'hour-computers-remove-english-dark',
    async run(tour) {
      await putAway(tour);
      await wear(tour, ENGLISH_DARK);
      const relay = new RelaySettings(tour.page);
      await relay.device('收银台的笔记本').getByRole('button').click();
      await relay.confirmation.waitFor(SHORT);
    },
  },
  {
    name: 'hour-computers-join',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await wear(tour, CHINESE_LIGHT);
      const relay = new RelaySettings(tour.page);
      await relay.join(staged().world.relay.origin, 'AAAA-AAAA-AAAA');
      await relay.dialog.getByRole('alert').waitFor(SHORT);
    },
  },
  {
    name: 'hour-computers-relay-away',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await staged().world.relay.kill();
      const relay = new RelaySettings(tour.page);
      await relay.section.getByText('现在连不上', { exact: true }).waitFor({ timeout: 40_000 });
      await relay.section.evaluate((part) => part.scrollIntoView({ block: 'center' }));
    },
  },
];
