import { beforeEach, describe, expect, it } from 'vitest';
import type { NewsCard } from '#shared/domain/cards/card';
import {
  changeCard,
  closeCard,
  openCard,
  openFilled,
  restoreCards,
  useCardEditor,
  writtenCards,
} from '../../../../../src/renderer/features/inbox/composer/insert/editor-store';
import { APPID, OPENID } from '../builders';

const who = { appid: APPID, openid: OPENID };
const other = { appid: APPID, openid: 'oSomebodyElse' };
const news = (title: string): NewsCard => ({
  ...{ kind: 'news', title, description: '', url: 'https://tea.example.com', picUrl: '', pictureId: '' },
});
const titles = (of = who) => writtenCards(of).map((card) => ('title' in card ? card.title : card.kind));
const onScreen = () => useCardEditor.getState().editing?.body;
const write = (title: string) => {
  openCard(who, 'news');
  changeCard(news(title), null);
};
const kept = (title: string) => ({ card: news(title), picture: null, pictureGone: false });

beforeEach(() => useCardEditor.setState({ editing: null, drafts: {} }));

describe('cards that were not sent', () => {
  it('count while they are written and after their editor was closed, until they are sent', () => {
    write('春茶');
    expect(titles()).toEqual(['春茶']);
    closeCard(false);
    expect(titles()).toEqual(['春茶']);
    expect(titles(other)).toEqual([]);
    openCard(who, 'news');
    expect(onScreen()).toEqual(news('春茶'));
    closeCard(true);
    expect(titles()).toEqual([]);
  });

  it('hold a quick reply while it is looked at, beside a card of that kind, and not when it was left', () => {
    write('春茶');
    closeCard(false);
    openFilled(who, { body: news('中秋礼盒'), picture: null });
    expect(titles()).toEqual(['中秋礼盒', '春茶']);
    closeCard(false);
    expect(titles()).toEqual(['春茶']);
  });

  it('come back after a crash one after the other, the one that was on screen first', () => {
    restoreCards(who, [kept('中秋礼盒'), kept('春茶')]);
    expect(titles()).toEqual(['中秋礼盒', '春茶']);
    openCard(who, 'news');
    expect(onScreen()).toEqual(news('中秋礼盒'));
    closeCard(true);
    openCard(who, 'news');
    expect(onScreen()).toEqual(news('春茶'));
  });

  it('go on saying that their picture is gone, until another one is chosen', () => {
    restoreCards(who, [{ ...kept('春茶'), pictureGone: true }]);
    openCard(who, 'news');
    closeCard(false);
    openCard(who, 'news');
    expect(useCardEditor.getState().editing?.pictureGone).toBe(true);
  });

  it('stay when what main kept arrives, also the one that is just being written', () => {
    write('新写的');
    restoreCards(who, [kept('春茶')]);
    expect(titles()).toEqual(['新写的', '春茶']);
    closeCard(false);
    expect(titles()).toEqual(['新写的', '春茶']);
  });

  it('stay when a quick reply takes the place of their editor', () => {
    write('春茶');
    openFilled(who, { body: news('中秋礼盒'), picture: null });
    closeCard(true);
    expect(titles()).toEqual(['春茶']);
  });
});
