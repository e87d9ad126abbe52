import { defineEntity, p } from '@mikro-orm/postgresql';

/** What a customer has sent to others without a confirmation on a day (UTC) and on the day before, in cents of US dollars. */
export const UnconfirmedTransfers = defineEntity({
  name: 'UnconfirmedTransfers',
  tableName: 'unconfirmed_transfers',
  properties: {
    customerId: p.uuid().primary(),
    day: p.date().defaultRaw("(now() at time zone 'UTC')::date"),
    sentMinor: p.bigint(),
    dayBeforeMinor: p.bigint(),
  },
});
