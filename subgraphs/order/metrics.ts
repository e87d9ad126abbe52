import { Counter } from 'prom-client';

export const orders = new Counter({
  name: 'wallet_orders_total',
  help: 'Orders whose outcome was recorded, by outcome and by reason of a rejection',
  labelNames: ['outcome', 'reason'],
});
