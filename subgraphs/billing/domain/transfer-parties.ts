import type { MoneyInput } from '#platform/money.ts';
import { isRefusal, refuse, type Refusal } from '#platform/refusal.ts';
import { isAccountNumber } from './account-number.ts';
import type { LockedAccount } from './ledger.ts';
import { type AccountRefusal, checkMovable } from './own-account.ts';

export interface TransferRequest {
  readonly fromAccountId: string;
  /** An id or a number. */
  readonly toAccountId: string;
  readonly amount: MoneyInput;
}

export interface TransferParties {
  readonly from: LockedAccount;
  readonly to: LockedAccount;
  readonly amountMinor: bigint;
}

/** Picks the two accounts out of those that the request names, and checks that money may go from one to the other. */
export function checkParties(
  accounts: readonly LockedAccount[],
  customerId: string,
  asked: TransferRequest,
): TransferParties | AccountRefusal | Refusal<'SAME_ACCOUNT'> {
  const sender = checkMovable(named(accounts, asked.fromAccountId), customerId, asked.amount, 'fromAccountId');
  if (isRefusal(sender)) return sender;
  const to = named(accounts, asked.toAccountId);
  if (to === undefined) return refuse('NOT_FOUND', unknownReceiver(asked.toAccountId), ['input', 'toAccountId']);
  if (to.id === sender.account.id) {
    return refuse('SAME_ACCOUNT', 'Money can only go to another account.', ['input', 'toAccountId']);
  }
  if (to.status !== 'OPEN') return refuse('ACCOUNT_CLOSED', 'That account is closed.', ['input', 'toAccountId']);
  return { from: sender.account, to, amountMinor: sender.amountMinor };
}

function named(accounts: readonly LockedAccount[], name: string): LockedAccount | undefined {
  return accounts.find(({ id, number }) => id === name.toLowerCase() || number === name);
}

function unknownReceiver(name: string): string {
  return /^[0-9]+$/.test(name) && !isAccountNumber(name)
    ? 'This is not an account number: a digit is wrong.'
    : 'There is no such account.';
}
