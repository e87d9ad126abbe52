import { sql } from 'kysely';

/**
 * In a statement that commits on its own: the commit does not wait for the disk. A crash of the server can undo the
 * statement, so that this is only for what is repeated, or harmless to lose.
 */
export const asynchronousCommit = sql<string>`set_config('synchronous_commit', 'off', true)`;
