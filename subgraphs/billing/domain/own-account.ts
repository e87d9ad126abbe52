import { type Currency, minorDigits } from '#platform/money/currency.ts';
import { displayMoney, type MoneyInput, parseAmount } from '#platform/money/money.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import { isTooLongForName } from './account-number.ts';
import type { LockedAccount } from './ledger.ts';

export type AccountRefusal = Refusal<
  'NOT_FOUND' | 'INVALID_AMOUNT' | 'CURRENCY_MISMATCH' | 'ACCOUNT_CLOSED' | 'ACCOUNT_FROZEN'
>;

/** An open account of the viewer that is not frozen, and an amount in its currency. */
export interface Movable {
  readonly account: LockedAccount;
  readonly amountMinor: bigint;
}

type AccountField = 'accountId' | 'fromAccountId' | 'toAccountId';

/** The largest balance: ten million million units of the currency. It keeps every sum in the ledger within 64 bits. */
export function largestBalanceMinor(currency: Currency): bigint {
  return 10_000_000_000_000n * 10n ** BigInt(minorDigits[currency]);
}

/**
 * Checks the account and the amount of a movement on an own account. One refusal names all faults.
 *
 * @param field of the input that names the account.
 * @param measure the account whose currency the amount is in, if it is another one.
 */
export function checkMovable(
  account: LockedAccount | undefined,
  customerId: string,
  amount: MoneyInput,
  field: AccountField,
  measure?: LockedAccount,
): Movable | AccountRefusal {
  const owned = account?.customerId === customerId ? account : undefined;
  const parsed = parseAmount(amount, ['input', 'amount']);
  const refused = together<AccountRefusal['refused']>([
    refusedAccount(owned, field),
    isRefusal(parsed) ? parsed : null,
    refusedOtherCurrency(measure ?? owned, amount),
  ]);
  // Where the account or the amount is refused, `refused` contains it.
  if (refused !== null || owned === undefined || isRefusal(parsed)) return refused!;
  return { account: owned, amountMinor: parsed.minor };
}

function refusedAccount(account: LockedAccount | undefined, field: AccountField): AccountRefusal | null {
  if (account === undefined) return noAccount(field);
  if (account.status !== 'OPEN') return refuse('ACCOUNT_CLOSED', 'The account is closed.', ['input', field]);
  return account.frozen ? frozenAccount(field) : null;
}

/** For the owner of the account only. */
export function frozenAccount(field: AccountField): Refusal<'ACCOUNT_FROZEN'> {
  return refuse('ACCOUNT_FROZEN', 'The account is frozen. Write to us to have it released.', ['input', field]);
}

/** Refuses an amount in another currency than the account's. */
export function refusedOtherCurrency(
  account: LockedAccount | undefined,
  amount: MoneyInput,
): Refusal<'CURRENCY_MISMATCH'> | null {
  if (account === undefined || amount.currency === account.currency) return null;
  return refuse('CURRENCY_MISMATCH', `The account is held in ${account.currency}.`, ['input', 'amount', 'currency']);
}

/** Refuses a text that is too long to name an account; `field` names the account's field. */
export function refusedLongName(name: string, field: AccountField): Refusal<'NOT_FOUND'> | null {
  return isTooLongForName(name) ? noAccount(field) : null;
}

function noAccount(field: AccountField): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', 'This account does not exist or is not yours.', ['input', field]);
}

/** Refuses an amount that would raise the balance above the largest. */
export function checkRoom(account: LockedAccount, amountMinor: bigint): Refusal<'INVALID_AMOUNT'> | null {
  if (account.balanceMinor + amountMinor <= largestBalanceMinor(account.currency)) return null;
  return refuse('INVALID_AMOUNT', "The account's balance would exceed the maximum.", ['input', 'amount']);
}

/** Refuses an amount that the balance does not cover. */
export function checkCover(account: LockedAccount, amountMinor: bigint): Refusal<'INSUFFICIENT_FUNDS'> | null {
  const { balanceMinor, currency } = account;
  if (balanceMinor >= amountMinor) return null;
  const [balance, needed] = [balanceMinor, amountMinor].map((minor) => displayMoney({ minor, currency }));
  return refuse('INSUFFICIENT_FUNDS', `Your balance of ${balance} does not cover ${needed}.`, ['input', 'amount']);
}
