import { Gauge } from 'prom-client';

export const payableMinorUnits = new Gauge({
  name: 'wallet_payable_minor_units',
  help: 'Money owed to customers whose account is closed, in minor units',
  labelNames: ['currency'],
});
