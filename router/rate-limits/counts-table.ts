/** The table of the shared counts in the database of ROUTER_DATABASE_URL, as RateLimiterPostgres requires it. */
export const countsTable = 'rate_limits';

/** The table is unlogged, so that no count waits for a disk. A crash of the server resets the counts. */
export const createCountsTable = `
  create unlogged table if not exists ${countsTable} (
    key text primary key,
    points integer not null,
    expire bigint
  )`;

/** The router's rights on the table. */
export const countsRights = { [countsTable]: 'select, insert, update, delete' };
