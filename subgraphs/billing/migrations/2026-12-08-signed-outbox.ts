import { Migration } from '@mikro-orm/migrations';
import { outboxSignatures } from '#platform/messaging/outbox.ts';

export class SignedOutbox extends Migration {
  override up(): void {
    for (const statement of outboxSignatures) this.addSql(statement);
  }
}
