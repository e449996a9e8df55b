/** An hour of work in the inbox, in a fresh installation. */
import { LIST_STEPS } from './inbox/list-steps';
import { QUICK_REPLY_STEPS } from './inbox/quick-reply-steps';
import { CARD_STEPS } from './inbox/card-steps';
import { COMPOSER_STEPS } from './inbox/composer-steps';
import { DRAFT_STEPS } from './inbox/draft-steps';
import { FAILURE_STEPS } from './inbox/failure-steps';
import { MESSAGE_STEPS } from './inbox/message-steps';
import { SEARCH_STEPS } from './inbox/search-steps';
import { PEOPLE_STEPS } from './inbox/people-steps';
import { SETTINGS_STEPS } from './inbox/settings-steps';
import { COMPUTER_STEPS } from './inbox/computer-steps';
import { SMALL_STEPS } from './inbox/small-steps';
import type { Step } from './tour';

export const INBOX_STEPS: readonly Step[] = [
  ...LIST_STEPS,
  ...QUICK_REPLY_STEPS,
  ...CARD_STEPS,
  ...COMPOSER_STEPS,
  ...DRAFT_STEPS,
  ...FAILURE_STEPS,
  ...MESSAGE_STEPS,
  ...SEARCH_STEPS,
  ...PEOPLE_STEPS,
  ...SETTINGS_STEPS,
  ...COMPUTER_STEPS,
  ...SMALL_STEPS,
];
