/**
 * Permission sets of which one must be granted to call paths that begin so, as the API pages print them
 * (auth-component.md §5). Paths that nothing fits are open to any authorization: addresses, quotas, rid, auto-replies.
 */
const SETS_BY_PATH: readonly (readonly [prefix: string, sets: readonly number[]])[] = [
  ['/cgi-bin/message/custom/', [1, 6, 100, 101]],
  ['/cgi-bin/customservice/', [6]],
  ['/customservice/', [6]],
  ['/cgi-bin/user/', [2, 100]],
  ['/cgi-bin/tags/', [2, 100]],
  ['/datacube/', [2, 7]],
  ['/cgi-bin/qrcode/', [3]],
  ['/cgi-bin/media/uploadimg', [1, 8, 9, 11, 100]],
  ['/cgi-bin/media/', [1, 3, 8, 9, 11, 100]],
  ['/cgi-bin/material/get_material', [3, 11, 100]],
  ['/cgi-bin/material/', [11, 100]],
  ['/cgi-bin/draft/', [11, 100]],
  ['/cgi-bin/freepublish/', [7]],
  ['/cgi-bin/comment/', [7]],
  ['/cgi-bin/message/mass/', [7]],
  ['/cgi-bin/message/template/subscribe', [7]],
  ['/cgi-bin/message/template/', [7, 100, 101]],
  ['/cgi-bin/template/', [7, 100, 101]],
  ['/cgi-bin/message/subscribe/', [89]],
  ['/wxaapi/newtmpl/', [89]],
  ['/cgi-bin/menu/', [15]],
  ['/cgi-bin/get_current_selfmenu_info', [15]],
  ['/card/', [8]],
];

/** The sets of which one opens a path; null when any authorization does. */
export function setsThatOpen(path: string): readonly number[] | null {
  return SETS_BY_PATH.find(([prefix]) => path.startsWith(prefix))?.[1] ?? null;
}
