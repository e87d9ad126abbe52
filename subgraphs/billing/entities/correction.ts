import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/**
 * A correction of a customer's balance. One that needs approval is decided once by another operator, or expires; any
 * other is applied when it is proposed.
 */
export const Correction = defineEntity({
  name: 'Correction',
  tableName: 'corrections',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** In minor units of the account's currency: positive where the account is credited. */
    amountMinor: p.bigint(),
    /** What the customer reads about it. */
    reference: p.text(),
    /** For staff only. */
    reason: p.text(),
    reversesTransactionId: p.uuid().nullable(),
    needsApproval: p.boolean(),
    proposedBy: p.uuid(),
    proposedAt: p.datetime(3).defaultRaw('now()'),
    expiresAt: p.datetime(3),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime(3).nullable(),
    decisionReason: p.text().nullable(),
    /** The ledger's transaction, where the correction is applied. */
    transactionId: p.uuid().nullable(),
  },
});

export type CorrectionRow = InferEntity<typeof Correction>;
