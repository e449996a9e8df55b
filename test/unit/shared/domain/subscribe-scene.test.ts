import { describe, expect, it } from 'vitest';
import { SUBSCRIBE_SCENES, subscribeSceneName } from '#shared/domain/subscribe-scene';

describe('how a follower found the account', () => {
  it('has a name for every scene that WeChat documents', () => {
    expect(SUBSCRIBE_SCENES).toHaveLength(13);
    for (const scene of SUBSCRIBE_SCENES) {
      const name = subscribeSceneName(scene);
      expect(name.zh).toMatch(/\p{Script=Han}/u);
      expect(name.en).toMatch(/[A-Za-z]/);
    }
    expect(subscribeSceneName('ADD_SCENE_QR_CODE')).toEqual({ zh: '扫二维码', en: 'QR code' });
  });

  it('shows a scene that is new, and says unknown when there is none', () => {
    expect(subscribeSceneName('ADD_SCENE_NEW').zh).toContain('ADD_SCENE_NEW');
    expect(subscribeSceneName('constructor').en).toBe('Other (constructor)');
    expect(subscribeSceneName(null).en).toBe('Unknown source');
  });
});
