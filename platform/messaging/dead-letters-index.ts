import { IndexMigration } from '../postgres/index-migration.ts';

/** The index with which operators list the dead letters of an outbox. */
export abstract class DeadLettersMigration extends IndexMigration {
  protected override readonly indexes = [['outbox_failed', 'outbox (id) where failed_at is not null']] as const;
}
