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
