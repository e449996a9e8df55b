import { beforeEach, describe, expect, it } from 'vitest';
import { SCREENS, useNavigation } from '../../../../src/renderer/app/navigation';
import { APPID, OTHER_APPID } from '../support/samples';

const initial = useNavigation.getInitialState();
const now = () => useNavigation.getState();

describe('navigation', () => {
  beforeEach(() => useNavigation.setState(initial, true));

  it('[S2.31] keeps the chosen account on every screen', () => {
    now().selectAccount(APPID);
    for (const screen of SCREENS) {
      now().go(screen);
      expect(now().accountFilter).toBe(APPID);
    }
  });

  it('opens a conversation from anywhere, switching to its account when another one is shown', () => {
    now().go('followers');
    now().selectAccount(OTHER_APPID);
    now().openConversation(APPID, 'oPerson');
    expect(now()).toMatchObject({
      screen: 'inbox',
      accountFilter: APPID,
      conversation: { appid: APPID, openid: 'oPerson' },
    });
  });

  it('[S1.1] opens the form that adds an account from any screen, and leaves it when another screen is chosen', () => {
    now().addAccount();
    expect(now()).toMatchObject({ screen: 'accounts', addingAccount: true });
    now().go('inbox');
    now().go('accounts');
    expect(now().addingAccount).toBe(false);
  });

  it('stays with all accounts when a follower opens in the merged list', () => {
    now().openFollower(APPID, 'oPerson');
    expect(now()).toMatchObject({
      screen: 'followers',
      accountFilter: null,
      follower: { openid: 'oPerson' },
    });
  });

  it('closes what belongs to another account when one is selected, and keeps what belongs to it', () => {
    now().openConversation(APPID, 'oA');
    now().openFollower(OTHER_APPID, 'oB');
    now().selectAccount(OTHER_APPID);
    expect(now().conversation).toBeNull();
    expect(now().follower).toEqual({ appid: OTHER_APPID, openid: 'oB' });
    now().selectAccount(null);
    expect(now().follower).toEqual({ appid: OTHER_APPID, openid: 'oB' });
  });
});
