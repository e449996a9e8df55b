import { en, newcomer, say, zh, type Dialogue } from './dialogue';

/** Guests of a café abroad. */
export const CAFE: readonly Dialogue[] = [
  en(
    [say('Morning! Is the terrace open today?')],
    'Lovely, we will be there in {twenty minutes|half an hour}',
  ),
  en(
    [say('Can I book a table for {four|six} on {Saturday|Sunday} at {11|noon}?')],
    'Could we have a high chair, please?',
    'Under {Novak|Rossi|Lee}, thanks',
  ),
  en([say('Do you have anything gluten free?')], 'I will take {two|three} of those'),
  en(
    [say('Do you take group orders for the office? About {15|20} people')],
    '{Thursday|Monday} at 9, delivered if possible',
  ),
  en([{ type: 'image' }, say('Is this cake available for pre-order?')], 'For {8|12} people, next weekend'),
  en(
    [
      {
        type: 'location',
        latitude: 50.0813,
        longitude: 14.4275,
        label: 'Wenceslas Square, Prague',
        scale: 16,
      },
      say('Are you far from here?'),
    ],
    'Nice, walking over',
  ),
  en([say('What are your opening hours on public holidays?')], 'Good to know'),
  en([say('Do you sell beans by the bag?')], '{Medium|Light} roast, 250 g please'),
  newcomer(
    en([say('Hello from the table by the window, how do I order?')], 'One flat white and a cinnamon roll'),
    'table_{03|08}',
  ),
  zh([say('你好，店里有会说中文的吗？')], '太好了，想订{周六|周日}早午餐，两位'),
  zh([say('请问可以支付宝或者微信付款吗')], '好的谢谢'),
];

/** One conversation of every kind. */
export const CAFE_BURST: readonly Dialogue[] = [
  en(
    [say('Hi! A table for {four|five} on {Saturday|Sunday}, possible?')],
    'Around {ten|eleven}',
    'Wonderful, thank you',
  ),
  zh([say('你好，请问今天几点关门？'), say('想带父母过来坐坐')], '好的，一会儿见'),
  en(
    [{ type: 'image' }, say('Took this at your place, everybody asks where it is')],
    'Haha, sent them the address',
  ),
  en([{ type: 'voice', seconds: 5 }], 'Exactly as I said in the message'),
  en(
    [{ type: 'video', seconds: 3 }, say('The box arrived like this, could you have a look?')],
    'The cake is fine, only the box',
  ),
  en(
    [
      {
        type: 'location',
        latitude: 50.0813,
        longitude: 14.4275,
        label: 'Wenceslas Square, Prague',
        scale: 16,
      },
      say('Do you deliver here?'),
    ],
    'Then I will come over',
  ),
  en(
    [
      {
        type: 'link',
        title: 'Twelve small cafés worth the detour',
        description: 'Number seven hides in a courtyard',
        url: 'https://www.example.com/small-cafes',
      },
      say('You made the list!'),
    ],
    'Well deserved',
  ),
  en(
    [
      { type: 'miniprogrampage', title: 'Breakfast box for two', pagePath: 'pages/box?id=2' },
      say('Is this one still available?'),
    ],
    'Next week is fine too',
  ),
  en([{ type: 'click', key: 'TODAY' }], 'Please keep {one|two} of those for me'),
  newcomer(
    en([say('Just scanned the code at the counter. Is there a loyalty card?')], 'Great, see you tomorrow'),
    'store_counter',
  ),
  en([say('We are moving away, so this is goodbye. Thanks for all the coffee!'), { type: 'unsubscribe' }]),
  en(
    [{ type: 'file', name: 'brunch-order.pdf' }, say('Sent you our order, can you open it?')],
    'I can type it here as well',
  ),
];
