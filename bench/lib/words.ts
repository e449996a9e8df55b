/** Texts as customers of a shop write them: a few thousand different words, common and rare. */
const CHARS =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车马话院花店茶蛋糕预约送货发票优惠价格早上下午晚上周末营业地址电话';
const ENGLISH =
  'hello please order cake flower tea delivery tomorrow today address phone price discount open close weekend invoice thanks morning evening table booking size colour blue red green large small ready when where how much could would like to pick up the and for with'.split(
    ' ',
  );
const PHRASES = ['你好', '请问', '谢谢', '多少钱', '明天可以送吗', '几点关门', '生日蛋糕', '龙井茶'];

/** The same number always gives the same text; every fifth is English, every thousandth mentions 玫瑰花束. */
export function shopText(index: number): string {
  const random = randomFrom(index + 1);
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random() ** 2 * from.length)] as T;
  if (index % 5 === 0) return Array.from({ length: 4 + (index % 9) }, () => pick(ENGLISH)).join(' ');
  const body = Array.from({ length: 6 + (index % 14) }, () => pick(CHARS)).join('');
  const rare = index % 1000 === 7 ? '玫瑰花束' : '';
  return `${pick(PHRASES)}，${body}${rare}，${String(index % 977)}`;
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
