import { moneyView } from '#platform/money/money.ts';
import type { AccountRow } from '#billing/entities/account.ts';
import type { PeriodBalances, StatementPeriod } from './period-balances.ts';

/**
 * The balance of an account now, or at a time: that after the newest entry up to it. It is found by binary search in the
 * index of the account's entries, and never summed.
 */
export async function balanceAt(
  { id, balanceMinor, currency }: AccountRow,
  at: Date | null | undefined,
  periods: { readonly load: (period: StatementPeriod) => Promise<PeriodBalances> },
) {
  if (at == null) return moneyView(balanceMinor, currency);
  const { closingMinor } = await periods.load({ accountId: id, from: null, to: at });
  return moneyView(closingMinor, currency);
}
