import { AuditIndexesMigration } from '#platform/audit/audit-indexes.ts';

export class AuditIndexes extends AuditIndexesMigration {}
