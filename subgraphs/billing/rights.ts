import { auditRights } from '#platform/audit/audit-table.ts';
import { outboxRights } from '#platform/messaging/outbox.ts';
import type { DatabaseRights } from '#platform/postgres/rights.ts';

const newAccount = 'id, customer_id, currency, number';
const newConsent = 'id, customer_id, shop_id, shop_name, currency, order_limit_minor, month_limit_minor, expires_at';

/**
 * Processes only add to the ledger: none may change or delete its rows, nor write a balance, which the database derives
 * from the entries.
 */
export const rights: DatabaseRights = {
  service: {
    ...auditRights.writer,
    accounts: `select, insert (${newAccount}), update (status, closed_at)`,
    'sequence account_numbers': 'usage',
    transactions: 'select, insert',
    entries: 'select, insert',
    settlements: 'select',
    freezes: 'select, insert, update (lift_reason, lifted_by, lifted_at)',
    corrections: 'select, insert, update (decided_by, decided_at, decision_reason, transaction_id)',
    // SELECT … FOR UPDATE needs the right to update some column.
    quotes: 'select, insert, update (expires_at), delete',
    unconfirmed_transfers: 'select, insert, update (day, sent_minor, day_before_minor), delete',
    provider_payments:
      'select, insert (id, customer_id, account_id, amount_minor, currency), update (state, ended_at, failure, problem)',
    // A run without a result ends before the next one is requested.
    verifications: 'select, insert (id, requested_by, reason), update (ended_at)',
    shop_consents: `select, insert (${newConsent}), update (withdrawn_at)`,
    shop_months: 'select',
    idempotency: 'select, insert',
    // A closing that ends deletes its row.
    outbox: `select, ${outboxRights.service}, update (attempts, next_attempt_at, failed_at, failure), delete`,
  },
  worker: {
    // SELECT … FOR UPDATE needs the right to update some column; the time of closing is fixed by the table's checks.
    accounts: `select, insert (${newAccount}), update (closed_at)`,
    'sequence account_numbers': 'usage',
    transactions: 'select, insert',
    entries: 'select, insert',
    settlements: 'select, insert',
    // The database adds up the payments.
    shop_consents: 'select',
    shop_months: 'select',
    shop_payments: 'insert',
    // SELECT … FOR UPDATE needs the right to update some column.
    unconfirmed_transfers: 'select (customer_id, day), update (day), delete',
    provider_payments: 'select, update (state, provider_id, pay_url, asked_at, ended_at, failure, problem)',
    // It starts the runs that are due.
    verifications: 'select (started_at, expires_at, ended_at, findings)',
    outbox: outboxRights.worker,
  },
  relay: { outbox: outboxRights.relay },
  // It freezes accounts and replays dead letters. SELECT … FOR UPDATE needs the right to update some column.
  operator: {
    ...auditRights.writer,
    accounts: 'select, update (closed_at)',
    freezes: 'select, insert, update (lift_reason, lifted_by, lifted_at)',
    outbox: outboxRights.deadLetters,
  },
  verifier: {
    ...auditRights.verifier,
    accounts: 'select',
    transactions: 'select',
    entries: 'select',
    settlements: 'select',
    freezes: 'select',
    corrections: 'select',
    provider_payments: 'select',
    quotes: 'select',
    shop_consents: 'select',
    shop_months: 'select',
    shop_payments: 'select',
    idempotency: 'select',
    outbox: 'select',
    // The only rows that it writes: when a run began, and what it found.
    verifications:
      'select, insert (id, started_at, expires_at), update (started_at, expires_at, ended_at, findings, first_rows, failure)',
  },
};
