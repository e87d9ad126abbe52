import { maskedNumber, maskedText } from '#platform/identity/customer-record.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';

/** A transaction in the record of a customer, for staff. */
export interface TransactionRecordView extends TransactionRow {
  /** The customer whose record it is. */
  readonly recordOf: string;
  /** Whether what belongs to other customers is masked. */
  readonly isMasked: boolean;
}

/** The description. One that another customer wrote can be masked. */
export function shownDescription({ description, fromCustomerId, ...record }: TransactionRecordView): string | null {
  if (description == null) return null;
  return hides(record, fromCustomerId) ? maskedText : description;
}

/** The number of an account on one side. One of another customer can be masked. */
export function shownNumber(
  record: Pick<TransactionRecordView, 'recordOf' | 'isMasked'>,
  ownerId: string | null | undefined,
  number: string | null,
): string | null {
  return number !== null && hides(record, ownerId) ? maskedNumber(number) : number;
}

function hides(
  { recordOf, isMasked }: Pick<TransactionRecordView, 'recordOf' | 'isMasked'>,
  ownerId: string | null | undefined,
): boolean {
  return isMasked && ownerId != null && ownerId !== recordOf;
}
