import { Counter } from 'prom-client';

export const notifications = new Counter({
  name: 'wallet_notifications_total',
  help: 'Notifications written',
  labelNames: ['kind'],
});

export const webhookAttempts = new Counter({
  name: 'wallet_webhook_attempts_total',
  help: 'Requests to webhook endpoints of customers, by outcome',
  labelNames: ['outcome'],
});

// The series exists before the first attempt, so that its rate is 0 instead of unknown.
webhookAttempts.inc({ outcome: 'delivered' }, 0);
