import { defineEntity, p } from '@mikro-orm/postgresql';

/** A closing of a customer's accounts. Until it is lifted, the customer can place no order and ask for no refund. */
export const Seal = defineEntity({
  name: 'Seal',
  tableName: 'seals',
  properties: {
    closingId: p.uuid().primary(),
    customerId: p.uuid(),
    sealedAt: p.datetime(3).defaultRaw('now()'),
    liftedAt: p.datetime(3).nullable(),
  },
});
