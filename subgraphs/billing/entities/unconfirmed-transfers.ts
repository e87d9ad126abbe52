import { defineEntity, p } from '@mikro-orm/postgresql';

/** What a customer has sent to others without a confirmation since the beginning of a day, in cents of US dollars. */
export const UnconfirmedTransfers = defineEntity({
  name: 'UnconfirmedTransfers',
  tableName: 'unconfirmed_transfers',
  properties: {
    customerId: p.uuid().primary(),
    sentMinor: p.bigint(),
    since: p.datetime(3).defaultRaw('now()'),
  },
});
