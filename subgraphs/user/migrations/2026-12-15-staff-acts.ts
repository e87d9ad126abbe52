import { Migration } from '@mikro-orm/migrations';
import { auditTable } from '#platform/audit/audit-table.ts';
import { rowHashFunction } from '#platform/postgres/row-hash.ts';

/** The audit log of what staff do in this subgraph. */
export class StaffActs extends Migration {
  override up(): void {
    for (const statement of [rowHashFunction, ...auditTable]) this.addSql(statement);
  }
}
