/** Steps of the account's own verification (微信认证). */
import type { EventContent } from '../message';
import type { EventConverters } from './event-converter';
import type { NodeReader } from './xml-node';

type Passed = 'qualification_verify_success' | 'naming_verify_success' | 'annual_renew' | 'verify_expired';
type Failed = 'qualification_verify_fail' | 'naming_verify_fail';

function passed(name: Passed, node: NodeReader): EventContent {
  return { name, time: node.number('ExpiredTime'), reason: null };
}

function failed(name: Failed, node: NodeReader): EventContent {
  return { name, time: node.number('FailTime'), reason: node.optional('FailReason') };
}

export const VERIFICATION_EVENTS: EventConverters = {
  qualification_verify_success: (node) => passed('qualification_verify_success', node),
  qualification_verify_fail: (node) => failed('qualification_verify_fail', node),
  naming_verify_success: (node) => passed('naming_verify_success', node),
  naming_verify_fail: (node) => failed('naming_verify_fail', node),
  annual_renew: (node) => passed('annual_renew', node),
  verify_expired: (node) => passed('verify_expired', node),
};
