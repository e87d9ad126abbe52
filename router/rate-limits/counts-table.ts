/** Where routers count together on PostgreSQL, in the database of ROUTER_DATABASE_URL; as RateLimiterPostgres has it. */
export const countsTable = 'rate_limits';

/** Not logged, so that no count waits for a disk: what a crash of the server takes is counted anew. */
export const createCountsTable = `
  create unlogged table if not exists ${countsTable} (
    key text primary key,
    points integer not null,
    expire bigint
  )`;

/** What the router may do there. */
export const countsRights = { [countsTable]: 'select, insert, update, delete' };
