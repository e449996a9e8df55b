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
  /** Came from a quick reply, where it can be had again: who leaves it does not want it. */
  readonly fromReply: boolean;
}

interface EditorState {
  readonly editing: Editing | null;
  /** Of each conversation and kind, what was begun and is not in the editor: the next to open first. */
  readonly drafts: Readonly<Record<string, readonly Written[]>>;
}

export const useCardEditor = create<EditorState>(() => ({ editing: null, drafts: {} }));

const isBlank = ({ body }: Written): boolean =>
  body.kind === 'image' || JSON.stringify(body) === JSON.stringify(emptyCard(body.kind));

/** Cards that were begun for this conversation and not sent, a quick reply's that is being looked at among them. */
export function writtenCards(who: Person): readonly Card[] {
  return cardsIn(useCardEditor.getState(), who);
}

function cardsIn({ editing, drafts }: EditorState, who: Person): readonly Card[] {
  return CARD_KINDS.flatMap((kind) => {
    const open = editing?.body.kind === kind && sameKey(editing.key, who) ? [editing] : [];
    return [...open, ...(drafts[draftKey(who, kind)] ?? [])].flatMap((written) =>
      written.body.kind === 'image' || isBlank(written) ? [] : [written.body],
    );
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

/** Puts back what main has kept, behind what was begun meanwhile. */
export function restoreCards(who: Person, found: FoundDraft['cards']): void {
  useCardEditor.setState(({ drafts }) => ({
    drafts: found.reduce((all, { card, picture, pictureGone }) => {
      const key = draftKey(who, card.kind);
      return { ...all, [key]: [...(all[key] ?? []), { body: card, picture, pictureGone }] };
    }, drafts),
  }));
}

const draftKey = (key: Person, kind: string): string => `${keyOf(key)}/${kind}`;

export function openCard({ appid, openid }: Person, kind: CardKind): void {
  const key = { appid, openid };
  useCardEditor.setState((state) => {
    const drafts = putBack(state);
    const [first, ...others] = drafts[draftKey(key, kind)] ?? [];
    const written = first ?? { body: emptyCard(kind), picture: null };
    return {
      editing: { key, ...written, fromReply: false },
      drafts: { ...drafts, [draftKey(key, kind)]: others },
    };
  });
}

/** A filled quick reply, to be looked at before it leaves. */
export function openFilled({ appid, openid }: Person, written: Written): void {
  useCardEditor.setState((state) => ({
    editing: { key: { appid, openid }, ...written, fromReply: true },
    drafts: putBack(state),
  }));
}

export function changeCard(body: Card, picture: StagedPicture | null): void {
  useCardEditor.setState(({ editing }) => ({ editing: editing && { ...editing, body, picture } }));
}

/** Closes the editor; what is written stays for the next time unless it was sent. */
export function closeCard(sent: boolean): void {
  useCardEditor.setState((state) => ({ editing: null, drafts: sent ? state.drafts : putBack(state) }));
}

/** The drafts with what is in the editor. */
function putBack({ editing, drafts }: EditorState): EditorState['drafts'] {
  if (editing === null || editing.fromReply || isBlank(editing)) return drafts;
  const { key, fromReply: _never, ...written } = editing;
  const name = draftKey(key, written.body.kind);
  return { ...drafts, [name]: [written, ...(drafts[name] ?? [])] };
}
