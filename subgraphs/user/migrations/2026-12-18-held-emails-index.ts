import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** Finds the links that hold an address. */
export class HeldEmailsIndex extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const on = "email_challenges (email_key) where purpose = 'UNDO_EMAIL_CHANGE' and used_at is null";
    for (const statement of rebuiltIndex('email_challenges_that_hold', on)) this.addSql(statement);
  }
}
