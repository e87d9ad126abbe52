import { auditRights } from '#platform/audit/audit-table.ts';
import { outboxRights } from '#platform/messaging/outbox.ts';
import type { DatabaseRights } from '#platform/postgres/rights.ts';

const grantRights = 'select, insert (id, user_id, role, granted_by, reason), update (revoked_at, revoked_by)';

/** Only the server may read the signing keys and the password hashes. */
export const rights: DatabaseRights = {
  service: {
    ...auditRights.writer,
    users: 'select, insert, update (email, email_key, email_proved_at, name, password_hash, version), delete',
    refresh_tokens: 'select, insert, update (used_at, revoked_at), delete',
    sessions: 'select, insert, update (device, place, last_used_at, factor_at, email_code_at, ended_at), delete',
    totp_secrets: 'select, insert, update (secret, enabled_at, last_step), delete',
    recovery_codes: 'select, insert, delete',
    login_challenges: 'select, insert, delete',
    passkeys: 'select, insert, update (counter, last_used_at), delete',
    webauthn_challenges: 'select, insert, delete',
    identity_tries: 'select, insert, update (tries, first_at), delete',
    api_clients:
      'select, insert, ' +
      'update (secret_hash, secret_used_at, old_secret_hash, old_secret_ends_at, last_used_at, revoked_at)',
    signing_keys: 'select, insert, update (retired_at), delete',
    deleted_users: 'select, insert, delete',
    role_grants: grantRights,
    data_exports: 'select, insert (id, user_id), update (downloaded_at, link_hash, link_expires_at), delete',
    email_challenges: 'select, insert, update (tries, used_at)',
    // The server reads no message: it counts them. Its ORM reads back the columns with a default.
    account_mails:
      'select (id, kind, recipient_key, sender, created_at, deferrals), ' +
      'insert (id, user_id, kind, recipient, recipient_key, sender, challenge_id, data)',
    // The keys of operators who send a message again.
    idempotency: 'select, insert',
    outbox: `${outboxRights.service}, ${outboxRights.deadLetters}`,
  },
  // The worker sends messages about accounts, and makes the links in them.
  worker: {
    users: 'select (id, email, email_key, name, email_proved_at)',
    email_challenges: 'select, insert, update (token_hashes, code_hashes, expires_at), delete',
    account_mails: 'select, update (sent_at, refused_at, deferrals, challenge_id), delete',
    data_exports: 'select (id, ready_at, requested_at), update (ready_at, expires_at), delete',
    // It deletes old rows.
    refresh_tokens: 'select (id, family_id, expires_at), delete',
    sessions: 'select (id, last_used_at), delete',
    login_challenges: 'select (token_hash, expires_at), delete',
    webauthn_challenges: 'select (challenge_hash, expires_at), delete',
    identity_tries: 'select (user_id, first_at), delete',
    api_clients: 'select (id, expires_at, revoked_at), delete',
    outbox: outboxRights.worker,
  },
  relay: { outbox: outboxRights.relay },
  // No secrets: a process that reads the signing keys can sign tokens.
  verifier: {
    ...auditRights.verifier,
    users: 'select (id, email, email_key, name, version, created_at)',
    role_grants: 'select',
    outbox: 'select',
  },
  operator: {
    ...auditRights.writer,
    users: 'select (id, email, email_key, email_proved_at, name, created_at)',
    role_grants: grantRights,
    outbox: outboxRights.deadLetters,
  },
};
