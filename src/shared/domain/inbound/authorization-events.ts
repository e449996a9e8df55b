/** A follower changed or withdrew the data they had shared. */
import type { EventContent } from '../message';
import type { EventConverters } from './event-converter';
import type { NodeReader } from './xml-node';

function authorization(
  name: 'user_info_modified' | 'user_authorization_revoke' | 'user_authorization_cancellation',
  node: NodeReader,
): EventContent {
  return {
    name,
    openid: node.text('OpenID'),
    appId: node.text('AppID'),
    // Several codes come as repeated nodes or in one; the official page does not print the separator.
    revoked: node.texts('RevokeInfo').flatMap((text) => text.match(/\d+/g) ?? []),
  };
}

export const AUTHORIZATION_EVENTS: EventConverters = {
  user_info_modified: (node) => authorization('user_info_modified', node),
  user_authorization_revoke: (node) => authorization('user_authorization_revoke', node),
  user_authorization_cancellation: (node) => authorization('user_authorization_cancellation', node),
};
