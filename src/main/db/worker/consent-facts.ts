/** What is stored of the consents of one follower, oldest first. */
import type { ConsentFact } from '#shared/domain/consents';
import type { EventContent } from '#shared/domain/message';
import { relayNotice } from '#shared/relay/protocol';
import type { Reader } from './handle';

export function consentFacts(db: Reader, appid: string, openid: string, followerId: number): ConsentFact[] {
  return [...oneTime(db, appid, openid), ...notices(db, followerId)];
}

function oneTime(db: Reader, appid: string, openid: string): ConsentFact[] {
  return db
    .all<{ body: string }>(
      `SELECT body FROM relay_notices
       WHERE appid = ? AND type = 'subscribe-consent' AND json_extract(body, '$.openid') = ? ORDER BY id`,
      appid,
      openid,
    )
    .flatMap(({ body }): ConsentFact[] => {
      const notice = relayNotice.safeParse(JSON.parse(body)).data;
      if (notice?.type !== 'subscribe-consent') return [];
      const { templateId, scene, action } = notice;
      return [{ kind: 'one-time', templateId, scene, agreed: action === 'confirm' }];
    });
}

function notices(db: Reader, followerId: number): ConsentFact[] {
  return db
    .all<{ event: string }>(
      `SELECT json_extract(content, '$.event') AS event FROM messages
       WHERE follower_id = ? AND is_event = 1 AND json_extract(content, '$.event.name') IN
         ('subscribe_msg_popup_event', 'subscribe_msg_change_event', 'subscribe_msg_sent_event')
       ORDER BY at, id`,
      followerId,
    )
    .flatMap(({ event }) => factsOf(JSON.parse(event) as EventContent));
}

function factsOf(event: EventContent): ConsentFact[] {
  switch (event.name) {
    case 'subscribe_msg_popup_event':
      return event.items
        .filter(({ status }) => status === 'accept')
        .map(({ templateId }) => ({ kind: 'notice', templateId, step: 'accepted' }));
    case 'subscribe_msg_change_event':
      return event.items
        .filter(({ status }) => status === 'reject')
        .map(({ templateId }) => ({ kind: 'notice', templateId, step: 'switched-off' }));
    case 'subscribe_msg_sent_event':
      return event.items
        .filter(({ errorCode }) => errorCode === 0)
        .map(({ templateId }) => ({ kind: 'notice', templateId, step: 'sent' }));
    default:
      return [];
  }
}
