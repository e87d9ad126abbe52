import { randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ChangedValues } from '#platform/audit/record-act.ts';
import { currencies, type Currency } from '#platform/money/currency.ts';
import { formatAmount } from '#platform/money/money.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { columnsOfSchema, readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { correction } from '#billing/domain/movements.ts';
import type { CorrectionRow } from '#billing/entities/correction.ts';
import type { LockedAccounts } from './lock-accounts.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** A correction, with the owner and the currency of its account. */
export interface CorrectionView extends CorrectionRow {
  readonly customerId: string;
  readonly currency: Currency;
}

const ofCorrection = z.object({
  id: z.string(),
  accountId: z.string(),
  amountMinor: z.bigint(),
  reference: z.string(),
  reason: z.string(),
  reversesTransactionId: z.string().nullable(),
  needsApproval: z.boolean(),
  proposedBy: z.string(),
  proposedAt: z.date(),
  expiresAt: z.date(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  decisionReason: z.string().nullable(),
  transactionId: z.string().nullable(),
});

const view = ofCorrection.extend({
  customerId: z.string(),
  currency: z.enum(currencies),
}) satisfies RowSchema<CorrectionView>;

/** Reads corrections with their accounts. `rest` follows the FROM clause. */
export async function readCorrections(em: Manager, rest: RawBuilder<unknown>): Promise<CorrectionView[]> {
  return await readRows(
    em,
    view,
    sql`
      select ${columnsOfSchema(ofCorrection, 'corrections')}, accounts.customer_id as "customerId", accounts.currency
      from corrections join accounts on accounts.id = corrections.account_id ${rest}`,
  );
}

export async function findCorrection(em: Manager, id: string): Promise<CorrectionView | null> {
  return (await readCorrections(em, sql`where corrections.id = ${id}`))[0] ?? null;
}

/** Writes the ledger's transaction of a correction, under the lock of its account. Returns the transaction's id. */
export async function postCorrection(
  em: Manager,
  { batch }: LockedAccounts,
  { id, accountId, amountMinor, reference }: Pick<CorrectionRow, 'id' | 'accountId' | 'amountMinor' | 'reference'>,
): Promise<string> {
  const movement = correction(randomUUIDv7(), batch.account(accountId), { id, amountMinor, reference });
  batch.post(movement);
  await writeJournalBatch(em, batch);
  return movement.id;
}

/** What the audit log says of a correction. */
export function valuesOf({
  accountId,
  amountMinor,
  currency,
  reference,
  transactionId,
}: CorrectionView): ChangedValues {
  const amount = formatAmount({ minor: amountMinor, currency });
  return { account: accountId, amount, currency, reference, transaction: transactionId ?? null };
}
