/** Links that open the app from outside, `oadesk://…`. Whoever wrote one is not trusted: it chooses a place, nothing else. */
export const LINK_SCHEME = 'oadesk';

export type DeskLink =
  | { readonly kind: 'conversation'; readonly appid: string; readonly openid: string }
  | { readonly kind: 'closing-soon' | 'needs-reply' | 'inbox' };

/** Longer than any link there is. */
const MAX_LENGTH = 200;
const CONVERSATION = /^oadesk:\/\/conversation\/(wx[0-9a-f]{16})\/([A-Za-z0-9_-]{6,64})\/?$/;
const PLACE = /^oadesk:\/\/(?:(closing-soon|needs-reply|inbox)\/?)?$/;

/** A link to a conversation, e.g. for a note or a spreadsheet of the shop's own. */
export function conversationLink(appid: string, openid: string): string {
  return `${LINK_SCHEME}://conversation/${appid}/${openid}`;
}

/** Where the link leads, or null for everything that is not exactly one of ours; `oadesk://` alone leads to the inbox. */
export function parseDeskLink(value: string): DeskLink | null {
  if (value.length > MAX_LENGTH) return null;
  // Schemes know no case, and systems write them as they like.
  const link = value.replace(/^oadesk(?=:)/i, LINK_SCHEME);
  const [, appid, openid] = CONVERSATION.exec(link) ?? [];
  if (appid !== undefined && openid !== undefined) return { kind: 'conversation', appid, openid };
  const place = PLACE.exec(link);
  if (place === null) return null;
  return { kind: (place[1] as 'closing-soon' | 'needs-reply' | undefined) ?? 'inbox' };
}

/** The first argument of a command line that claims to be a link of ours; null: none does. */
export function linkInArguments(argv: readonly string[]): string | null {
  return argv.find((argument) => /^oadesk:/i.test(argument)) ?? null;
}
