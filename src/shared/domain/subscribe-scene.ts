/** How a follower found the account (`subscribe_scene` of user/info). */
import type { Localized } from '../localized';

const NAMES: Readonly<Record<string, Localized>> = {
  ADD_SCENE_SEARCH: { zh: '搜索', en: 'Search' },
  ADD_SCENE_ACCOUNT_MIGRATION: { zh: '账号迁移', en: 'Account migration' },
  ADD_SCENE_PROFILE_CARD: { zh: '名片分享', en: 'Shared name card' },
  ADD_SCENE_QR_CODE: { zh: '扫二维码', en: 'QR code' },
  ADD_SCENE_PROFILE_LINK: { zh: '文章内点名称', en: 'Name inside an article' },
  ADD_SCENE_PROFILE_ITEM: { zh: '文章右上角菜单', en: 'Menu of an article' },
  ADD_SCENE_PAID: { zh: '支付后关注', en: 'After a payment' },
  ADD_SCENE_WECHAT_ADVERTISEMENT: { zh: '微信广告', en: 'WeChat ad' },
  ADD_SCENE_REPRINT: { zh: '他人转载', en: 'Reprinted article' },
  ADD_SCENE_LIVESTREAM: { zh: '视频号直播', en: 'Channels live' },
  ADD_SCENE_CHANNELS: { zh: '视频号', en: 'Channels' },
  ADD_SCENE_WXA: { zh: '小程序', en: 'Mini program' },
  ADD_SCENE_OTHERS: { zh: '其他', en: 'Other' },
};

export const SUBSCRIBE_SCENES: readonly string[] = Object.keys(NAMES);

/** The source in words. WeChat adds scenes without notice: an unknown one is shown as it is. */
export function subscribeSceneName(scene: string | null): Localized {
  if (scene === null || scene.trim() === '') return { zh: '来源未知', en: 'Unknown source' };
  if (Object.hasOwn(NAMES, scene)) return NAMES[scene] ?? { zh: scene, en: scene };
  return { zh: `其他（${scene}）`, en: `Other (${scene})` };
}
