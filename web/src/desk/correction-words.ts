import { formatMoney } from '../money.ts';
import type { CorrectionPartsFragment, CorrectionState, EntryDirection } from './operations.generated.ts';

export const directions: Readonly<Record<EntryDirection, string>> = {
  CREDIT: 'Put money on it',
  DEBIT: 'Take money off',
};

export const stateLabels: Readonly<Record<CorrectionState, string>> = {
  PROPOSED: 'Waiting for approval',
  APPLIED: 'Applied',
  DECLINED: 'Declined',
  EXPIRED: 'Expired',
};

/** What an applied correction did, as a sentence. */
export function effectOf({ direction, amount }: Pick<CorrectionPartsFragment, 'direction' | 'amount'>): string {
  return direction === 'CREDIT'
    ? `${formatMoney(amount)} were put on the account.`
    : `${formatMoney(amount)} were taken off the account.`;
}
