import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import {
  accountParams,
  landingParams,
  landingQuery,
  thanksParams,
  type landingResponse,
  type RelayNotice,
} from '#shared/relay/protocol';
import { sendPage, type Page } from '../pages/page';
import type { DeviceAuth } from './auth';
import type { RouteContext } from './context';
import { parseInput } from './parse';

/** A page that is loaded twice by one tap counts once; consenting again later counts again. Seconds. */
const SAME_TAP = 60;

const CLOSE = { zh: '您现在可以关闭本页。', en: 'You can close this page now.' };
const PAGES: Readonly<Record<'confirm' | 'cancel' | 'unknown', Page>> = {
  confirm: {
    title: { zh: '订阅成功', en: 'You are subscribed' },
    paragraphs: [
      {
        zh: '谢谢！我们会通过微信给您发送一次通知。',
        en: 'Thank you! We will send you one notice through WeChat.',
      },
      CLOSE,
    ],
  },
  cancel: {
    title: { zh: '没有订阅', en: 'Not subscribed' },
    paragraphs: [
      {
        zh: '我们不会给您发送通知。需要时可以随时再次订阅。',
        en: 'We will not send you a notice. You can subscribe at any later time.',
      },
      CLOSE,
    ],
  },
  unknown: {
    title: { zh: '链接无效', en: 'This link does not work' },
    paragraphs: [
      {
        zh: '这个链接不完整或已失效。请回到公众号，重新打开订阅链接。',
        en: 'It is incomplete or no longer valid. Go back to the account and open the subscription link again.',
      },
    ],
  },
};

/** GET /v1/accounts/:appid/landing: the address to give WeChat as `redirect_url` of consent links. */
export function landingRoute(
  app: FastifyInstance,
  { accounts, landings, publicOrigin }: RouteContext,
  auth: DeviceAuth,
): void {
  app.get('/accounts/:appid/landing', async (request): Promise<typeof landingResponse._output> => {
    const { appid } = parseInput(accountParams, request.params);
    const { workspaceId } = auth.deviceOf(request);
    if ((await accounts.ownerOf(appid)) !== workspaceId)
      throw new AppError({ code: 'relay/unknown-account' });
    return { subscribeUrl: `${publicOrigin()}/s/${await landings.keyFor(workspaceId, appid)}` };
  });
}

/**
 * `/s/<key>`, where WeChat leads someone after the consent page of a one-time subscription message: tells the desktop and
 * thanks the person. WeChat signs nothing here, so what comes is a hint; only sending shows whether the consent is real.
 */
export function landingPages(app: FastifyInstance, { deps, limits, landings }: RouteContext): void {
  const rateLimit = { max: limits.landings, timeWindow: 60_000 };

  app.get('/s/:key', { config: { rateLimit } }, async (request, reply) => {
    const params = landingParams.safeParse(request.params);
    const back = landingQuery.safeParse(request.query);
    const landing = params.success ? await landings.find(params.data.key) : null;
    if (landing === null || !back.success) return sendPage(request, reply, 404, PAGES.unknown);
    const { openid, template_id: templateId, action, scene, reserved } = back.data;
    const notice: RelayNotice = { type: 'subscribe-consent', openid, templateId, action, scene, reserved };
    const now = deps.clock.now();
    await deps.store.log.append({
      ...landing,
      kind: 'notice',
      receivedAt: now,
      replayKey: replayKeyOf(landing.appid, notice, now),
      query: '',
      body: Buffer.from(JSON.stringify(notice)),
    });
    // On to a page of its own, so that loading it again tells nothing a second time.
    return reply.redirect(`./thanks/${action}`, 303);
  });

  app.get('/s/thanks/:action', { config: { rateLimit } }, async (request, reply) => {
    const params = thanksParams.safeParse(request.params);
    if (!params.success) return sendPage(request, reply, 404, PAGES.unknown);
    return sendPage(request, reply, 200, PAGES[params.data.action]);
  });
}

function replayKeyOf(appid: string, notice: RelayNotice, now: number): Buffer {
  const moment = String(Math.floor(now / SAME_TAP));
  return createHash('sha256')
    .update(`consent\n${appid}\n${moment}\n`)
    .update(JSON.stringify(notice))
    .digest()
    .subarray(0, 20);
}
