import { outboxRights } from '#platform/outbox.ts';
import type { DatabaseRights } from '#platform/rights.ts';

const newAccount = 'id, customer_id, currency, number, last_hash';
const balance = 'balance_minor, sequence, last_hash, last_entry_at';

/** The ledger is only added to: no process may change or delete what is in it. */
export const rights: DatabaseRights = {
  service: {
    accounts: `select, insert (${newAccount}), update (${balance}, status, closed_at)`,
    'sequence account_numbers': 'usage',
    transactions: 'select, insert',
    entries: 'select, insert',
    settlements: 'select',
    // SELECT … FOR UPDATE needs the right to update some column.
    quotes: 'select, insert, update (expires_at), delete',
    idempotency: 'select, insert',
    // A closing that comes to its end takes its row back.
    outbox: `select, ${outboxRights.service}, update (next_attempt_at), delete`,
  },
  worker: {
    accounts: `select, insert (${newAccount}), update (${balance})`,
    'sequence account_numbers': 'usage',
    transactions: 'select, insert',
    entries: 'select, insert',
    settlements: 'select, insert',
    outbox: outboxRights.worker,
  },
  relay: { outbox: outboxRights.relay },
  verifier: {
    accounts: 'select',
    transactions: 'select',
    entries: 'select',
    settlements: 'select',
    quotes: 'select',
    idempotency: 'select',
    outbox: 'select',
  },
};
