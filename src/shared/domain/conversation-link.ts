/** A link that opens a conversation in the app, e.g. from a note or a spreadsheet of the shop's own. */
export function conversationLink(appid: string, openid: string): string {
  return `oadesk://conversation/${appid}/${openid}`;
}
