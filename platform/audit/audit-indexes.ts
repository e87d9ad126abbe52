import { IndexMigration } from '../postgres/index-migration.ts';

/** The indexes with which an auditor filters the audit log by staff member and by act. */
export abstract class AuditIndexesMigration extends IndexMigration {
  protected override readonly indexes = [
    ['staff_acts_by_actor', 'staff_acts (actor_id, sequence)'],
    ['staff_acts_by_act', 'staff_acts (act, sequence)'],
  ] as const;
}
