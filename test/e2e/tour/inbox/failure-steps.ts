/** What did not go out, with reason and way on. */
import { InboxPage } from '../../pages/inbox';
import { type Step, type Tour } from '../tour';
import { BOTH, EVERY, open, PERSON, putAway, says, SEND, SHORT, staged } from './stage';

export const FAILURE_STEPS: readonly Step[] = [
  {
    name: 'hour-failures',
    also: EVERY,
    async run(tour) {
      const { world, shop } = staged();
      await putAway(tour);
      await new InboxPage(tour.page).filter('进行中');
      const inbox = await open(tour, 'failing');
      for (const [text, errcode] of [
        ['地址发您了', -1],
        ['好的，周五三点见', 45047],
      ] as const) {
        await world.sandbox.fault({ path: SEND, appid: shop.appid, errcode });
        await inbox.reply(text);
        await inbox
          .mine(text)
          .getByText(/发送失败|结果未知/)
          .first()
          .waitFor({ timeout: 30_000 });
      }
    },
  },
  {
    name: 'hour-failure-explained',
    also: BOTH,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.mine('好的，周五三点见').getByRole('button', { name: '原因和办法' }).click();
      await inbox.log.getByText('错误码 45047').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'hour-failure-daily-quota',
    also: EVERY,
    async run(tour) {
      const inbox = await refused(tour, 'quota', '晚上十点打烊', 45009);
      await inbox.mine('晚上十点打烊').getByText('今天的调用次数用完了').waitFor(SHORT);
    },
  },
  {
    name: 'hour-failure-permission',
    also: EVERY,
    async run(tour) {
      const inbox = await refused(tour, 'permission', '城南路 12 号，地铁二号线出来就是', 61016);
      await inbox.mine('城南路 12 号').getByText('权限待确认，或认证缺失、过期').waitFor(SHORT);
    },
  },
];

/** Someone writes, and WeChat refuses the answer. */
async function refused(tour: Tour, who: 'quota' | 'permission', text: string, errcode: number) {
  const { world, shop } = staged();
  await says(who, PERSON[who]);
  const inbox = await open(tour, who);
  await world.sandbox.fault({ path: SEND, appid: shop.appid, errcode, times: 1 });
  await inbox.reply(text);
  return inbox;
}
