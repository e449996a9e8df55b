/** Where followers come from: the values of `subscribe_scene` in user/info. */
export const SCENES = {
  ADD_SCENE_SEARCH: 'sceneSearch',
  ADD_SCENE_QR_CODE: 'sceneQr',
  ADD_SCENE_PROFILE_CARD: 'sceneCard',
  ADD_SCENE_PROFILE_LINK: 'sceneProfileLink',
  ADD_SCENE_PROFILE_ITEM: 'sceneProfileItem',
  ADD_SCENE_PAID: 'scenePaid',
  ADD_SCENE_WECHAT_ADVERTISEMENT: 'sceneAd',
  ADD_SCENE_REPRINT: 'sceneReprint',
  ADD_SCENE_LIVESTREAM: 'sceneLive',
  ADD_SCENE_CHANNELS: 'sceneChannels',
  ADD_SCENE_WXA: 'sceneMiniProgram',
  ADD_SCENE_ACCOUNT_MIGRATION: 'sceneMigration',
  ADD_SCENE_OTHERS: 'sceneOther',
} as const;

export type SceneKey = (typeof SCENES)[keyof typeof SCENES];

/** The text key of a scene; WeChat may add scenes, which read as "other". */
export function sceneKey(scene: string): SceneKey {
  return scene in SCENES ? SCENES[scene as keyof typeof SCENES] : 'sceneOther';
}
