import { StaffAct } from '#platform/audit/staff-act.ts';
import { type DatabaseDefinition, type Manager, propertyNames, type TableOf } from '#platform/postgres/database.ts';
import { AccountMail } from './entities/account-mail.ts';
import { ApiClient } from './entities/api-client.ts';
import { DataExport } from './entities/data-export.ts';
import { DeletedUser } from './entities/deleted-user.ts';
import { EmailChallenge } from './entities/email-challenge.ts';
import { IdentityTries } from './entities/identity-tries.ts';
import { LoginChallenge } from './entities/login-challenge.ts';
import { Passkey } from './entities/passkey.ts';
import { RecoveryCode } from './entities/recovery-code.ts';
import { RefreshToken } from './entities/refresh-token.ts';
import { RoleGrant } from './entities/role-grant.ts';
import { Session } from './entities/session.ts';
import { SigningKey } from './entities/signing-key.ts';
import { TotpSecret } from './entities/totp-secret.ts';
import { User } from './entities/user.ts';
import { WebauthnChallenge } from './entities/webauthn-challenge.ts';
import { Users } from './migrations/2026-11-21-users.ts';
import { DeletedUsers } from './migrations/2026-12-06-deleted-users.ts';
import { EmailKeys } from './migrations/2026-12-07-email-keys.ts';
import { SignedOutbox } from './migrations/2026-12-08-signed-outbox.ts';
import { Statistics } from './migrations/2026-12-09-statistics.ts';
import { ContactEntries } from './migrations/2026-12-10-contact-entries.ts';
import { ProvedEmails } from './migrations/2026-12-13-proved-emails.ts';
import { Sessions } from './migrations/2026-12-14-sessions.ts';
import { SessionsOfBefore } from './migrations/2026-12-14-sessions-of-before.ts';
import { SignInFactors } from './migrations/2026-12-14-sign-in-factors.ts';
import { RoleGrants } from './migrations/2026-12-15-role-grants.ts';
import { StaffActs } from './migrations/2026-12-15-staff-acts.ts';
import { DataExports } from './migrations/2026-12-17-data-exports.ts';
import { HeldEmails } from './migrations/2026-12-18-held-emails.ts';
import { HeldEmailsIndex } from './migrations/2026-12-18-held-emails-index.ts';
import { RefusedMails } from './migrations/2026-12-20-refused-mails.ts';
import { Passkeys } from './migrations/2026-12-21-passkeys.ts';
import { Retention } from './migrations/2026-12-22-retention.ts';
import { AuditIndexes } from './migrations/2026-12-23-audit-indexes.ts';
import { IdentityCodes } from './migrations/2026-12-23-identity-codes.ts';
import { ResentMessages } from './migrations/2026-12-23-resent-messages.ts';
import { DeadLetters } from './migrations/2026-12-24-dead-letters.ts';
import { ApiClients } from './migrations/2026-12-23-api-clients.ts';

export const database: DatabaseDefinition = {
  entities: [
    User,
    RefreshToken,
    Session,
    TotpSecret,
    RecoveryCode,
    LoginChallenge,
    Passkey,
    WebauthnChallenge,
    IdentityTries,
    SigningKey,
    DeletedUser,
    EmailChallenge,
    AccountMail,
    DataExport,
    RoleGrant,
    StaffAct,
    ApiClient,
  ],
  migrations: [
    { name: '2026-11-21-users', class: Users },
    { name: '2026-12-06-deleted-users', class: DeletedUsers },
    { name: '2026-12-07-email-keys', class: EmailKeys },
    { name: '2026-12-08-signed-outbox', class: SignedOutbox },
    { name: '2026-12-09-statistics', class: Statistics },
    { name: '2026-12-10-contact-entries', class: ContactEntries },
    { name: '2026-12-13-proved-emails', class: ProvedEmails },
    { name: '2026-12-14-sessions', class: Sessions },
    { name: '2026-12-14-sessions-of-before', class: SessionsOfBefore },
    { name: '2026-12-14-sign-in-factors', class: SignInFactors },
    { name: '2026-12-15-role-grants', class: RoleGrants },
    { name: '2026-12-15-staff-acts', class: StaffActs },
    { name: '2026-12-17-data-exports', class: DataExports },
    { name: '2026-12-18-held-emails', class: HeldEmails },
    { name: '2026-12-18-held-emails-index', class: HeldEmailsIndex },
    { name: '2026-12-20-refused-mails', class: RefusedMails },
    { name: '2026-12-21-passkeys', class: Passkeys },
    { name: '2026-12-22-retention', class: Retention },
    { name: '2026-12-23-audit-indexes', class: AuditIndexes },
    { name: '2026-12-23-identity-codes', class: IdentityCodes },
    { name: '2026-12-23-resent-messages', class: ResentMessages },
    { name: '2026-12-24-dead-letters', class: DeadLetters },
    { name: '2026-12-23-api-clients', class: ApiClients },
  ],
};

interface Tables {
  users: TableOf<typeof User>;
  refresh_tokens: TableOf<typeof RefreshToken>;
  role_grants: TableOf<typeof RoleGrant>;
  sessions: TableOf<typeof Session>;
  signing_keys: TableOf<typeof SigningKey>;
  email_challenges: TableOf<typeof EmailChallenge>;
  account_mails: TableOf<typeof AccountMail>;
  api_clients: TableOf<typeof ApiClient>;
}

/** Typed queries. They run in the transaction of `em`, if it has one. */
export const tables = (em: Manager) => em.getKysely<Tables>().withPlugin(propertyNames);
