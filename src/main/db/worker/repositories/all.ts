/** Every repository of the port, its reads apart from its writes. */
import * as accounts from './accounts';
import * as conversations from './conversations';
import * as desktop from './desktop';
import * as doctor from './doctor';
import * as followers from './followers';
import * as imports from './imports';
import * as inbox from './inbox';
import * as marks from './marks';
import * as media from './media';
import * as meta from './meta';
import * as notices from './notices';
import * as outbox from './outbox';
import * as published from './published';
import * as quickReplies from './quick-replies';
import * as people from './people';
import * as replyRules from './reply-rules';
import * as search from './search';
import * as reports from './reports';
import * as takeovers from './takeovers';

export const REPOSITORIES = {
  accounts,
  followers,
  imports,
  conversations,
  inbox,
  outbox,
  marks,
  media,
  notices,
  replyRules,
  takeovers,
  quickReplies,
  published,
  meta,
  doctor,
  desktop,
  search,
  people,
  reports,
} as const;
