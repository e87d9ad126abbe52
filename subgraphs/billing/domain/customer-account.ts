import { type MoneyInput, parseAmount } from '#platform/money/money.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import type { LockedAccount } from './ledger.ts';
import { type AccountRefusal, type Movable, refusedOtherCurrency } from './own-account.ts';

/*
 * Checks of what operators request for a customer's account. A message speaks of the account, not to its owner, and
 * shows no balance: to read one, staff need an entry in the audit log.
 */

const accountField = ['input', 'accountId'];

export const noCustomerAccount = refuse('NOT_FOUND', 'No account has this id.', accountField);

/** Refuses an account that does not exist or is closed. It may be frozen. */
export function refusedCustomerAccount(
  account: LockedAccount | undefined,
): Refusal<'NOT_FOUND' | 'ACCOUNT_CLOSED'> | null {
  if (account === undefined) return noCustomerAccount;
  return account.status === 'OPEN' ? null : refuse('ACCOUNT_CLOSED', 'The account is closed.', accountField);
}

/** Checks the account and the amount of a movement that an operator makes. One refusal names all faults. */
export function checkCustomerAccount(account: LockedAccount | undefined, amount: MoneyInput): Movable | AccountRefusal {
  const parsed = parseAmount(amount, ['input', 'amount']);
  const refused = together<AccountRefusal['refused']>([
    refusedCustomerAccount(account) ?? refusedFrozen(account),
    isRefusal(parsed) ? parsed : null,
    refusedOtherCurrency(account, amount),
  ]);
  // Where the account or the amount is refused, `refused` contains it.
  if (refused !== null || account === undefined || isRefusal(parsed)) return refused!;
  return { account, amountMinor: parsed.minor };
}

function refusedFrozen(account: LockedAccount | undefined): Refusal<'ACCOUNT_FROZEN'> | null {
  return account?.frozen === true ? refuse('ACCOUNT_FROZEN', 'The account is frozen.', accountField) : null;
}

/** Refuses an amount that the balance does not cover. */
export function checkCustomerCover(
  { balanceMinor }: LockedAccount,
  amountMinor: bigint,
): Refusal<'INSUFFICIENT_FUNDS'> | null {
  if (balanceMinor >= amountMinor) return null;
  return refuse('INSUFFICIENT_FUNDS', "The account's balance does not cover the amount.", ['input', 'amount']);
}
