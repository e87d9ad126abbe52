import { Counter } from 'prom-client';

export const notifications = new Counter({
  name: 'wallet_notifications_total',
  help: 'Notifications written',
  labelNames: ['kind'],
});
