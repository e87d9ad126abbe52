import type { MoneyInput } from '#platform/money/money.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import { accountNumberFault, isTooLongForName } from './account-number.ts';
import type { LockedAccount } from './ledger.ts';
import { type AccountRefusal, checkMovable, frozenAccount, refusedLongName } from './own-account.ts';

export interface TransferRequest {
  readonly fromAccountId: string;
  /** An id or a number. */
  readonly toAccountId: string;
  readonly amount: MoneyInput;
  /** Whether the amount is what should arrive, in the currency of the receiving account. Only a quote has it. */
  readonly isReceivedAmount?: boolean | null | undefined;
}

export interface TransferParties {
  readonly from: LockedAccount;
  readonly to: LockedAccount;
  /** Of the request: in the currency of `to` where it is what should arrive, otherwise of `from`. */
  readonly amountMinor: bigint;
}

type ReceiverRefusal = Refusal<AccountRefusal['refused'] | 'RECEIVER_UNAVAILABLE'>;
type PartyRefusal = Refusal<ReceiverRefusal['refused'] | 'SAME_ACCOUNT'>;

/** Refuses texts that are too long to name an account. */
export function refusedLongNames({ fromAccountId, toAccountId }: TransferRequest): Refusal<'NOT_FOUND'> | null {
  return together([
    refusedLongName(fromAccountId, 'fromAccountId'),
    isTooLongForName(toAccountId) ? refuse('NOT_FOUND', noReceiver, receiverField) : null,
  ]);
}

/**
 * Finds the two accounts that the request names, and checks that money may move from one to the other. One refusal names
 * all faults.
 */
export function checkParties(
  accounts: readonly LockedAccount[],
  customerId: string,
  request: TransferRequest,
): TransferParties | PartyRefusal {
  const from = accountNamed(accounts, request.fromAccountId);
  const to = accountNamed(accounts, request.toAccountId);
  const measure = request.isReceivedAmount === true ? to : undefined;
  const sender = checkMovable(from, customerId, request.amount, 'fromAccountId', measure);
  const refused = together<PartyRefusal['refused']>([
    isRefusal(sender) ? sender : null,
    refusedReceiver(to, customerId, request.toAccountId),
    // Only for the caller's own account: the caller must not learn that two names mean one account of another customer.
    from?.customerId === customerId && from.id === to?.id ? sameAccount() : null,
  ]);
  // Where a party is refused, `refused` contains it.
  if (refused !== null || isRefusal(sender) || to === undefined) return refused!;
  return { from: sender.account, to, amountMinor: sender.amountMinor };
}

const receiverField = ['input', 'toAccountId'];

function refusedReceiver(to: LockedAccount | undefined, customerId: string, name: string): ReceiverRefusal | null {
  if (to === undefined) return refuse('NOT_FOUND', unknownReceiver(name), receiverField);
  if (to.status !== 'OPEN') return refuse('ACCOUNT_CLOSED', 'That account is closed.', receiverField);
  if (!to.frozen) return null;
  // Another customer must not learn that an account is frozen.
  return to.customerId === customerId ? frozenAccount('toAccountId') : unavailableReceiver();
}

/** Says that the account cannot receive money, not why. */
function unavailableReceiver(): Refusal<'RECEIVER_UNAVAILABLE'> {
  return refuse('RECEIVER_UNAVAILABLE', "That account can't receive this transfer right now.", receiverField);
}

function sameAccount(): Refusal<'SAME_ACCOUNT'> {
  return refuse('SAME_ACCOUNT', 'Choose another account to send the money to.', receiverField);
}

/** Finds the account that has this id or number. */
export function accountNamed(accounts: readonly LockedAccount[], name: string): LockedAccount | undefined {
  return accounts.find(({ id, number }) => id === name.toLowerCase() || number === name);
}

function unknownReceiver(name: string): string {
  return (/^[0-9]+$/.test(name) ? accountNumberFault(name) : null) ?? noReceiver;
}

const noReceiver = 'This account does not exist.';
