import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/**
 * A freeze of one account, or, without an account, of all accounts of a customer. It is open until it is lifted. The
 * database derives `accounts.frozen` from the open ones.
 */
export const Freeze = defineEntity({
  name: 'Freeze',
  tableName: 'freezes',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    accountId: p.uuid().nullable(),
    reason: p.text(),
    /** The id of the operator, as is `liftedBy`. Null where the command on the machine did it. */
    frozenBy: p.uuid().nullable(),
    frozenAt: p.datetime(3).defaultRaw('now()'),
    liftReason: p.text().nullable(),
    liftedBy: p.uuid().nullable(),
    liftedAt: p.datetime(3).nullable(),
  },
});

export type FreezeRow = InferEntity<typeof Freeze>;
