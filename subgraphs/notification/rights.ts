import type { DatabaseRights } from '#platform/postgres/rights.ts';

/** Workers write notifications. The server reads them, and may only change the time of reading. */
export const rights: DatabaseRights = {
  service: { notifications: 'select, update (read_at)' },
  worker: {
    notifications:
      'select, insert (id, customer_id, kind, order_id, transaction_id, recipient, subject, body, ' +
      'sender_id, received_minor, currency), update (sent_at, refused_at, deferrals, mail_at, held_at, subject, body, sender_id), delete',
    contacts: 'select, insert, update (version, email, name, email_proved, deleted_at)',
  },
  verifier: { notifications: 'select', contacts: 'select' },
};
