import { sql } from 'kysely';

/**
 * Makes the commit of a single statement not wait for the disk. A crash of the server can undo the statement. Use it
 * only for statements that are repeated later, or whose loss does no harm.
 */
export const asynchronousCommit = sql<string>`set_config('synchronous_commit', 'off', true)`;
