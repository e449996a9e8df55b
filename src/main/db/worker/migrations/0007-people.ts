export const version = 7;
export const name = 'people';

/** One person at several accounts; whose windows closed unanswered. */
export const sql = `
CREATE INDEX followers_by_unionid ON followers (unionid) WHERE unionid IS NOT NULL;
CREATE INDEX messages_written ON messages (account_id, at) WHERE direction = 'in' AND is_event = 0;
CREATE INDEX messages_failed ON messages (account_id, at) WHERE status = 'failed';
`;
