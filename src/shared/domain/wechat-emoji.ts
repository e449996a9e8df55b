/**
 * WeChat writes its own emoji as codes inside a text: `/::)` in the old spelling, `[微笑]` or `[Smile]` in the new one.
 * Those with a close match in Unicode are drawn as that; the rest stays readable as it came.
 */
const EMOJI: readonly (readonly [unicode: string, ...codes: string[]])[] = [
  ['🙂', '/::)', '[微笑]', '[Smile]'],
  ['😍', '/::B', '[色]', '[Drool]'],
  ['😳', '/::|', '[发呆]', '[Scowl]'],
  ['😎', '/:8-)', '[得意]', '[CoolGuy]'],
  ['😢', '/::<', '[流泪]', '[Sob]'],
  ['😊', '/::$', '[害羞]', '[Shy]'],
  ['🤐', '/::X', '[闭嘴]', '[Silent]'],
  ['😴', '/::Z', '[睡]', '[Sleep]'],
  ['😭', "/::'(", '[大哭]', '[Cry]'],
  ['😅', '/::-|', '[尴尬]', '[Awkward]'],
  ['😡', '/::@', '[发怒]', '[Angry]'],
  ['😜', '/::P', '[调皮]', '[Tongue]'],
  ['😁', '/::D', '[呲牙]', '[Grin]'],
  ['😮', '/::O', '[惊讶]', '[Surprise]'],
  ['🙁', '/::(', '[难过]', '[Frown]'],
  ['😫', '/::Q', '[抓狂]', '[Scream]'],
  ['🤮', '/::T', '[吐]', '[Puke]'],
  ['🤭', '/:,@P', '[偷笑]', '[Chuckle]'],
  ['☺️', '/:,@-D', '[愉快]', '[Joyful]'],
  ['🙄', '/::d', '[白眼]', '[Slight]'],
  ['😤', '/:,@o', '[傲慢]', '[Smug]'],
  ['🥱', '/:|-)', '[困]', '[Drowsy]'],
  ['😱', '/::!', '[惊恐]', '[Panic]'],
  ['😓', '/::L', '[流汗]', '[Sweat]'],
  ['😄', '/::>', '[憨笑]', '[Laugh]'],
  ['💪', '/:,@f', '[奋斗]', '[Determined]'],
  ['🤬', '/::-S', '[咒骂]', '[Scold]'],
  ['❓', '/:?', '[疑问]', '[Shocked]'],
  ['🤫', '/:,@x', '[嘘]', '[Shhh]'],
  ['😵', '/:,@@', '[晕]', '[Dizzy]'],
  ['💀', '/:!!!', '[骷髅]', '[Skull]'],
  ['🔨', '/:xx', '[敲打]', '[Hammer]'],
  ['👋', '/:bye', '[再见]', '[Bye]'],
  ['😥', '/:wipe', '[擦汗]', '[Speechless]'],
  ['👏', '/:handclap', '[鼓掌]', '[Clap]'],
  ['😏', '/:B-)', '[坏笑]', '[Trick]'],
  ['😒', '/:>-|', '[鄙视]', '[Pooh-pooh]'],
  ['🥺', '/:P-(', '[委屈]', '[Shrunken]'],
  ['😈', '/:X-)', '[阴险]', '[Sly]'],
  ['😚', '/::*', '[亲亲]', '[Kiss]'],
  ['🥹', '/:8*', '[可怜]', '[Whimper]'],
  ['🔪', '/:pd', '[菜刀]', '[Cleaver]'],
  ['🍉', '/:<W>', '[西瓜]', '[Watermelon]'],
  ['🍺', '/:beer', '[啤酒]', '[Beer]'],
  ['🏀', '/:basketb', '[篮球]', '[Basketball]'],
  ['☕', '/:coffee', '[咖啡]', '[Coffee]'],
  ['🍚', '/:eat', '[饭]', '[Rice]'],
  ['🐷', '/:pig', '[猪头]', '[Pig]'],
  ['🌹', '/:rose', '[玫瑰]', '[Rose]'],
  ['🥀', '/:fade', '[凋谢]', '[Wilt]'],
  ['💋', '/:showlove', '[嘴唇]', '[Lips]'],
  ['❤️', '/:heart', '[爱心]', '[Heart]'],
  ['💔', '/:break', '[心碎]', '[BrokenHeart]'],
  ['🎂', '/:cake', '[蛋糕]', '[Cake]'],
  ['⚡', '/:li', '[闪电]', '[Lightning]'],
  ['💣', '/:bome', '[炸弹]', '[Bomb]'],
  ['⚽', '/:footb', '[足球]', '[Soccer]'],
  ['🐞', '/:ladybug', '[瓢虫]', '[Ladybug]'],
  ['💩', '/:shit', '[便便]', '[Poop]'],
  ['🌙', '/:moon', '[月亮]', '[Moon]'],
  ['☀️', '/:sun', '[太阳]', '[Sun]'],
  ['🎁', '/:gift', '[礼物]', '[Gift]'],
  ['🤗', '/:hug', '[拥抱]', '[Hug]'],
  ['👍', '/:strong', '[强]', '[ThumbsUp]'],
  ['👎', '/:weak', '[弱]', '[ThumbsDown]'],
  ['🤝', '/:share', '[握手]', '[Shake]'],
  ['✌️', '/:v', '[胜利]', '[Peace]'],
  ['🙏', '/:@)', '[抱拳]', '[Fight]'],
  ['✊', '/:@@', '[拳头]', '[Fist]'],
  ['🤟', '/:lvu', '[爱你]', '[RockOn]'],
  ['👌', '/:ok', '[OK]'],
  ['🙅', '/:no', '[NO]'],
  ['🤦', '[捂脸]', '[Facepalm]'],
  ['🤞', '[耶]', '[Yeah!]'],
  ['🧧', '[红包]', '[Packet]'],
  ['🍵', '[茶]', '[Tea]'],
  ['🕯️', '[蜡烛]', '[Candle]'],
  ['🐶', '[旺柴]', '[Doge]'],
  ['👌', '[好的]', '[OKay]'],
  ['😂', '[破涕为笑]', '[Lol]'],
  ['🎆', '[烟花]', '[Fireworks]'],
  ['🧨', '[爆竹]', '[Firecracker]'],
];

const byCode = new Map(EMOJI.flatMap(([unicode, ...codes]) => codes.map((code) => [code, unicode] as const)));

/** Longest first, so that `/:,@@` is not read as part of something shorter. */
const ANY_CODE = new RegExp(
  [...byCode.keys()]
    .sort((a, b) => b.length - a.length)
    .map((code) => code.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    // A word code inside a longer word, as in a path `/:okay`, is not an emoji.
    .map((code) => (/^\\\/:[a-z]+$/.test(code) ? `${code}(?![A-Za-z0-9])` : code))
    .join('|'),
  'g',
);

/** The text as one would see it in WeChat, as far as Unicode goes. */
export function withEmoji(text: string): string {
  return text.replace(ANY_CODE, (code) => byCode.get(code) ?? code);
}

/** One of WeChat's own emoji: how it looks as far as Unicode goes, and the code that stands for it in a text. */
export interface WeChatEmoji {
  readonly unicode: string;
  /** As it is put into a text, e.g. `[微笑]`. */
  readonly code: string;
  /** Names without brackets. */
  readonly zh: string;
  readonly en: string;
}

/** Everything that can be picked, in WeChat's own order. */
export const WECHAT_EMOJI: readonly WeChatEmoji[] = EMOJI.flatMap(([unicode, ...codes]) => {
  const named = codes.filter((code) => code.startsWith('['));
  const [code] = named;
  if (code === undefined) return [];
  const zh = code.slice(1, -1);
  return [{ unicode, code, zh, en: named.at(-1)?.slice(1, -1) ?? zh }];
});
