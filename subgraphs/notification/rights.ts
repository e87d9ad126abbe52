import type { DatabaseRights } from '#platform/postgres/rights.ts';

/**
 * Workers write notifications. The server reads them, and may only change the time of reading. Customers change endpoints
 * of webhooks through the server; workers write their events and deliver them.
 */
export const rights: DatabaseRights = {
  service: {
    notifications: 'select, update (read_at)',
    // Whether a customer is deleted.
    contacts: 'select (user_id, deleted_at)',
    webhook_endpoints:
      'select, insert, update (url, event_types, description, secret, old_secret, old_secret_ends_at, disabled_at, ' +
      'disabled_reason, failures, failing_since, lease, claimable_at, resent_since, resent_events), delete',
    webhook_events: 'select, insert',
    webhook_deliveries: 'select, insert, update (state, failures, next_attempt_at), delete',
    webhook_attempts: 'select',
  },
  worker: {
    notifications:
      'select, insert (id, customer_id, kind, order_id, transaction_id, refund_number, recipient, subject, body, ' +
      'sender_id, received_minor, currency), update (sent_at, refused_at, deferrals, mail_at, held_at, subject, body, sender_id), delete',
    contacts: 'select, insert, update (version, email, name, email_proved, deleted_at)',
    webhook_endpoints:
      'select, update (failures, failing_since, lease, claimable_at, disabled_at, disabled_reason), delete',
    webhook_events: 'select, insert, delete',
    webhook_deliveries: 'select, insert, update (state, failures, next_attempt_at)',
    webhook_attempts: 'select, insert, delete',
  },
  // Webhooks move no money, and their secrets are not for a reader.
  verifier: { notifications: 'select', contacts: 'select' },
};
