export const version = 4;
export const name = 'permission-sets';

/** What the administrator of an account granted to the relay's platform. */
export const sql = `
-- JSON array of ids; null for an account that was not authorized by scanning.
ALTER TABLE accounts ADD COLUMN permission_sets TEXT;
`;
