import { Migration } from '@mikro-orm/migrations';

/**
 * Who sent a transfer, and the amount that its message names: what is needed to write the message again without the
 * sender's name and words when the sender is deleted. Null in messages of earlier releases.
 */
export class Senders extends Migration {
  override up(): void {
    this.addSql(`
      alter table notifications
        add column sender_id uuid,
        add column received_minor bigint,
        add column currency text,
        add check (sender_id is null or (kind = 'TRANSFER_RECEIVED' and received_minor > 0 and currency is not null))
          not valid`);
  }
}
