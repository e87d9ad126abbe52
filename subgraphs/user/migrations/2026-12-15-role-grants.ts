import { Migration } from '@mikro-orm/migrations';

/** The roles of staff. A grant outlives its user: the audit log refers to it. */
export class RoleGrants extends Migration {
  override up(): void {
    this.addSql(`
      create table role_grants (
        id uuid primary key,
        user_id uuid not null,
        role text not null check (role in ('SUPPORT', 'OPERATOR', 'AUDITOR')),
        granted_by uuid check (granted_by <> user_id),
        granted_at timestamptz(3) not null default now(),
        reason text not null check (length(reason) between 5 and 500),
        revoked_at timestamptz(3),
        revoked_by uuid
      )`);
    this.addSql('create unique index role_grants_in_force on role_grants (user_id, role) where revoked_at is null');
  }
}
