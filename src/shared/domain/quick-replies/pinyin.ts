/** Initials of Chinese words, so that 营业时间 is found by `yysj`. */

/** The first character of each initial in the order of pinyin; no word begins with i, u or v. */
const FIRST_OF: readonly (readonly [initial: string, character: string])[] = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '哒'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '讥'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '痳'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '妑'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '扨'],
  ['t', '它'],
  ['w', '穵'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
];

let collator: Intl.Collator | null = null;

/** Made on first use: it loads tables. */
function byPinyin(): Intl.Collator {
  collator ??= new Intl.Collator('zh-Hans-u-co-pinyin');
  return collator;
}

const known = new Map<string, string>();

function initialOf(character: string): string {
  const remembered = known.get(character);
  if (remembered !== undefined) return remembered;
  const { compare } = byPinyin();
  let initial = '';
  for (const [letter, first] of FIRST_OF) {
    if (compare(character, first) < 0) break;
    initial = letter;
  }
  known.set(character, initial);
  return initial;
}

/** One lower-case letter for each Chinese character, other letters and digits as they are, the rest left out. */
export function pinyinInitials(text: string): string {
  let initials = '';
  for (const character of text) {
    if (/\p{Script=Han}/u.test(character)) initials += initialOf(character);
    else if (/[\p{L}\p{N}]/u.test(character)) initials += character.toLowerCase();
  }
  return initials;
}
