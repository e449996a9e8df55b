import type { cardMethods } from '#shared/ipc/card-methods';
import type { quickReplyMethods } from '#shared/ipc/quick-reply-methods';
import type { CardsService } from '../services/cards/cards';
import type { QuickRepliesService } from '../services/quick-replies/quick-replies';
import type { Handlers } from './router';

export interface CardsBackend {
  readonly cards: CardsService;
  readonly quickReplies: QuickRepliesService;
}

/** Which service answers which method of cards and quick replies. */
export function cardHandlers(
  backend: () => Promise<CardsBackend>,
): Pick<Handlers, keyof typeof cardMethods | keyof typeof quickReplyMethods> {
  const cards = async () => (await backend()).cards;
  const replies = async () => (await backend()).quickReplies;

  return {
    'cards.stagePicture': async (input) => (await cards()).stagePicture(input),
    'cards.published': async (input) => (await cards()).published(input),

    'quickReplies.list': async () => (await replies()).list(),
    'quickReplies.save': async (input) => (await replies()).save(input),
    'quickReplies.remove': async ({ id }) => {
      await (await replies()).remove(id);
      return {};
    },
    'quickReplies.restore': async ({ id }) => {
      await (await replies()).restore(id);
      return {};
    },
    'quickReplies.move': async (input) => {
      await (await replies()).move(input);
      return {};
    },
    'quickReplies.saveFolder': async (input) => (await replies()).saveFolder(input),
    'quickReplies.removeFolder': async ({ id }) => {
      await (await replies()).removeFolder(id);
      return {};
    },
    'quickReplies.moveFolder': async (input) => {
      await (await replies()).moveFolder(input);
      return {};
    },
    'quickReplies.use': async (input) => (await replies()).use(input),
    'quickReplies.saveShopWords': async (input) => {
      await (await replies()).saveShopWords(input);
      return {};
    },
    'quickReplies.addStarter': async ({ names }) => ({ added: await (await replies()).addStarter(names) }),
    'quickReplies.stagePicture': async (input) => (await replies()).stagePicture(input),
    'quickReplies.export': async () => ({ count: await (await replies()).export() }),
    'quickReplies.exportTable': async () => ({ saved: await (await replies()).exportTable() }),
    'quickReplies.chooseImport': async () => (await replies()).chooseImport(),
    'quickReplies.applyImport': async ({ planId }) => (await replies()).applyImport(planId),
  };
}
