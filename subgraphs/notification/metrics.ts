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
