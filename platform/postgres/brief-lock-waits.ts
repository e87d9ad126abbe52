import type { Migration } from '@mikro-orm/migrations';

/** A migration that says what it does: its class is not abstract. */
interface CompleteMigration extends Migration {
  up(): Promise<void> | void;
}

/** A migration of a subgraph's database, by a name that begins with its date. */
export interface DatabaseMigration {
  readonly name: string;
  readonly class: new (...given: ConstructorParameters<typeof Migration>) => CompleteMigration;
}

/**
 * A changed table is locked for a moment. While the migration waits for a long snapshot, such as that of
 * `npm run verify`, all later statements on the table wait behind it. So it gives up soon, and `npm run migrate` retries.
 */
const longestLockWait = '1s';

/**
 * @returns the migration, which fails with SQLSTATE 55P03 if it waits for a lock too long. A migration without a
 *   transaction has no limit: an index that is built concurrently waits for snapshots, but blocks no statements.
 */
export function withBriefLockWaits({ name, class: Given }: DatabaseMigration): DatabaseMigration {
  return {
    name,
    class: class extends Given {
      override getQueries() {
        const statements = super.getQueries();
        return this.isTransactional() ? [`set local lock_timeout = '${longestLockWait}'`, ...statements] : statements;
      }
    },
  };
}
