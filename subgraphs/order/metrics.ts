import { Counter, Histogram } from 'prom-client';

export const orders = new Counter({
  name: 'wallet_orders_total',
  help: 'Orders whose outcome was recorded, by outcome and by reason of a rejection',
  labelNames: ['outcome', 'reason'],
});

export const decisionSeconds = new Histogram({
  name: 'wallet_order_decision_seconds',
  help: 'Time from the placement of an order to its payment or rejection',
  buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
});
