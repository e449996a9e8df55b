/** Which card is being written for whom. What was written and not sent is there again when its editor opens. */
import { create } from 'zustand';
import { CARD_KINDS, emptyCard, isCardKind, type Card, type CardKind } from '#shared/domain/cards/card';
import type { QuickReplyBody } from '#shared/domain/quick-replies/quick-reply';
import type { StagedPicture } from '#shared/ipc/card-models';
import type { FoundDraft } from '#shared/ipc/prepared-models';
import type { Person } from '../../../../app/navigation';
import { keyOf, sameKey } from '../../key';

/** Everything the editor can show: cards, and an image that a quick reply holds. */
export type EditableBody = Exclude<QuickReplyBody, { kind: 'text' }>;

export interface Written {
  readonly body: EditableBody;
  readonly picture: StagedPicture | null;
  /** A picture was chosen once, and is not on this computer any more. */
  readonly pictureGone?: boolean;
}

interface Editing extends Written {
  readonly key: Person;
  /** Came from a quick reply: leaving it does not count as a draft. */
  readonly fromReply: boolean;
}

interface EditorState {
  readonly editing: Editing | null;
  readonly drafts: Readonly<Record<string, Written>>;
}

export const useCardEditor = create<EditorState>(() => ({ editing: null, drafts: {} }));

const isBlank = (card: Card): boolean => JSON.stringify(card) === JSON.stringify(emptyCard(card.kind));

/** Cards that were begun for this conversation and not sent. */
export function writtenCards(who: Person): readonly Card[] {
  return cardsIn(useCardEditor.getState(), who);
}

function cardsIn({ editing, drafts }: EditorState, who: Person): readonly Card[] {
  return CARD_KINDS.flatMap((kind) => {
    const open = editing !== null && !editing.fromReply && sameKey(editing.key, who) ? editing : null;
    const body = open?.body.kind === kind ? open.body : drafts[draftKey(who, kind)]?.body;
    return body && body.kind !== 'image' && !isBlank(body) ? [body] : [];
  });
}

/** Kinds of which a card was begun for this conversation. */
export function useBegunKinds(who: Person): readonly CardKind[] {
  const kinds = useCardEditor((state) =>
    cardsIn(state, who)
      .map(({ kind }) => kind)
      .join(' '),
  );
  return kinds.split(' ').filter(isCardKind);
}

/** Puts back what main has kept; what was begun meanwhile stays. */
export function restoreCards(who: Person, found: FoundDraft['cards']): void {
  useCardEditor.setState(({ drafts }) => ({
    drafts: {
      ...Object.fromEntries(
        found.map(({ card, picture, pictureGone }) => [
          draftKey(who, card.kind),
          { body: card, picture, pictureGone } satisfies Written,
        ]),
      ),
      ...drafts,
    },
  }));
}

const draftKey = (key: Person, kind: string): string => `${keyOf(key)}/${kind}`;

export function openCard({ appid, openid }: Person, kind: CardKind): void {
  const key = { appid, openid };
  const { drafts } = useCardEditor.getState();
  const written = drafts[draftKey(key, kind)] ?? { body: emptyCard(kind), picture: null };
  useCardEditor.setState({ editing: { key, ...written, fromReply: false } });
}

/** A filled quick reply, to be looked at before it leaves. */
export function openFilled({ appid, openid }: Person, written: Written): void {
  useCardEditor.setState({ editing: { key: { appid, openid }, ...written, fromReply: true } });
}

export function changeCard(body: Card, picture: StagedPicture | null): void {
  useCardEditor.setState(({ editing }) => ({ editing: editing && { ...editing, body, picture } }));
}

/** Closes the editor; what is written stays for the next time unless it was sent. */
export function closeCard(sent: boolean): void {
  useCardEditor.setState(({ editing, drafts }) => {
    if (editing === null || editing.fromReply) return { editing: null };
    const { key, body, picture } = editing;
    const { [draftKey(key, body.kind)]: _left, ...others } = drafts;
    return {
      editing: null,
      drafts: sent ? others : { ...others, [draftKey(key, body.kind)]: { body, picture } },
    };
  });
}
