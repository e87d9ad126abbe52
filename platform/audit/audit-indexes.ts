import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '../postgres/rebuilt-index.ts';

/** The indexes with which an auditor filters the audit log by staff member and by act. */
export abstract class AuditIndexesMigration extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const indexes = [
      ['staff_acts_by_actor', 'staff_acts (actor_id, sequence)'],
      ['staff_acts_by_act', 'staff_acts (act, sequence)'],
    ] as const;
    for (const [name, on] of indexes) for (const statement of rebuiltIndex(name, on)) this.addSql(statement);
  }
}
