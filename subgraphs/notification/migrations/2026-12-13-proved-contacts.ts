import { Migration } from '@mikro-orm/migrations';

/** Contacts of earlier releases count as proved, as their users do. */
export class ProvedContacts extends Migration {
  override up(): void {
    this.addSql('alter table contacts add column email_proved boolean not null default true');
  }
}
