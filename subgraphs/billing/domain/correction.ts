import type { Currency } from '#platform/money/currency.ts';
import { displayMoney, type MoneyInput, parseAmount } from '#platform/money/money.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import { hasCharacters } from '#platform/validation/characters.ts';
import { dollarCents, type Rates } from './exchange.ts';
import type { LockedAccount, TransactionKind } from './ledger.ts';
import { checkCustomerCover, refusedCustomerAccount } from './customer-account.ts';
import { checkRoom, refusedOtherCurrency } from './own-account.ts';

export const correctionStates = ['PROPOSED', 'APPLIED', 'DECLINED', 'EXPIRED'] as const;
export type CorrectionState = (typeof correctionStates)[number];

/** The facts of a correction from which its state follows. */
interface Decided {
  readonly transactionId?: string | null | undefined;
  readonly decidedAt?: Date | null | undefined;
  readonly expiresAt: Date;
}

export function correctionState({ transactionId, decidedAt, expiresAt }: Decided, time: Date): CorrectionState {
  if (transactionId != null) return 'APPLIED';
  if (decidedAt != null) return 'DECLINED';
  return expiresAt <= time ? 'EXPIRED' : 'PROPOSED';
}

export interface CorrectionRequest {
  readonly accountId: string;
  readonly direction: 'CREDIT' | 'DEBIT';
  readonly amount: MoneyInput;
  /** What the customer reads about it. */
  readonly reference: string;
}

const longestReference = 140;

export type CorrectionRefusal = Refusal<
  | 'NOT_FOUND'
  | 'INVALID_AMOUNT'
  | 'INVALID_REFERENCE'
  | 'CURRENCY_MISMATCH'
  | 'ACCOUNT_CLOSED'
  | 'INSUFFICIENT_FUNDS'
  | 'NOT_REVERSIBLE'
>;

/** The signed amount of a request, or one refusal that names all faults. The account may be frozen. */
export function checkCorrection(
  account: LockedAccount | undefined,
  request: CorrectionRequest,
): bigint | CorrectionRefusal {
  const { direction, amount } = request;
  const parsed = parseAmount(amount, amountField);
  const refused = together<CorrectionRefusal['refused']>([
    refusedCustomerAccount(account),
    isRefusal(parsed) ? parsed : null,
    refusedOtherCurrency(account, amount),
    refusedReference(request),
  ]);
  if (refused !== null || account === undefined || isRefusal(parsed)) return refused!;
  const signedMinor = direction === 'CREDIT' ? parsed.minor : -parsed.minor;
  return checkEffect(account, signedMinor) ?? signedMinor;
}

/** Checks that the account can take a correction, when it is proposed and again when it is approved. */
export function checkEffect(account: LockedAccount, signedMinor: bigint): CorrectionRefusal | null {
  const closed = refusedCustomerAccount(account);
  if (closed !== null) return closed;
  return signedMinor > 0n ? checkRoom(account, signedMinor) : checkCustomerCover(account, -signedMinor);
}

const amountField = ['input', 'amount'];

/** Refuses a reference that is empty or too long. It is checked before any other work on the request. */
export function refusedReference({
  reference,
}: Pick<CorrectionRequest, 'reference'>): Refusal<'INVALID_REFERENCE'> | null {
  if (hasCharacters(reference, 1, longestReference) && reference.trim() !== '') return null;
  return refuse('INVALID_REFERENCE', `Enter a reference of 1 to ${longestReference} characters for the customer.`, [
    'input',
    'reference',
  ]);
}

/** A transaction that a correction reverses. */
export interface Reversible {
  readonly kind: TransactionKind;
  readonly fromAccountId?: string | null | undefined;
  readonly toAccountId?: string | null | undefined;
  readonly amountMinor: bigint;
  readonly feeMinor?: bigint | null | undefined;
  readonly receivedMinor?: bigint | null | undefined;
}

/** Orders have a refund of their own; a correction next to it would pay a customer twice. */
const irreversible: ReadonlySet<TransactionKind> = new Set(['ORDER_PAYMENT', 'REFUND', 'REFUND_HELD']);

/** Refuses a reversal of anything but the whole effect of a transaction on the account, and of one that is reversed. */
export function refusedReversal(
  transaction: Reversible | undefined,
  { id, currency }: LockedAccount,
  signedMinor: bigint,
  isReversed: boolean,
): Refusal<'NOT_FOUND' | 'NOT_REVERSIBLE' | 'INVALID_AMOUNT'> | null {
  const field = ['input', 'reversesTransactionId'];
  const effectMinor = transaction === undefined ? 0n : effectOn(id, transaction);
  if (transaction === undefined || effectMinor === 0n) {
    return refuse('NOT_FOUND', 'No transaction of this account has this id.', field);
  }
  if (irreversible.has(transaction.kind)) return refuse('NOT_REVERSIBLE', 'Refund the order instead.', field);
  if (isReversed) return refuse('NOT_REVERSIBLE', 'Another correction reverses this transaction.', field);
  if (signedMinor === -effectMinor) return null;
  const [minor, verb] = effectMinor < 0n ? [-effectMinor, 'Credit'] : [effectMinor, 'Debit'];
  return refuse('INVALID_AMOUNT', `${verb} exactly ${displayMoney({ minor, currency })} to reverse it.`, amountField);
}

function effectOn(accountId: string, transaction: Reversible): bigint {
  const { fromAccountId, toAccountId, amountMinor, feeMinor, receivedMinor } = transaction;
  if (fromAccountId === accountId) return -(amountMinor + (feeMinor ?? 0n));
  return toAccountId === accountId ? (receivedMinor ?? amountMinor) : 0n;
}

/** Refuses a decision of the operator who proposed, and one about a correction that is no longer proposed. */
export function refusedDecision(
  correction: Decided & { readonly proposedBy: string },
  operatorId: string,
  time: Date,
): Refusal<'SAME_OPERATOR' | 'CORRECTION_DECIDED'> | null {
  const field = ['input', 'correctionId'];
  if (correction.proposedBy === operatorId) {
    return refuse('SAME_OPERATOR', 'Another operator must decide about your proposal.', field);
  }
  const state = correctionState(correction, time);
  if (state === 'PROPOSED') return null;
  return refuse('CORRECTION_DECIDED', `The correction is ${state.toLowerCase()} already.`, field);
}

/** Amounts in minor units of a currency. */
export interface AmountOf {
  readonly currency: Currency;
  readonly minor: bigint;
}

/**
 * Whether a second operator must approve. What the operator corrected alone in the last day counts, so that one amount
 * cannot be split into many.
 */
export function needsApproval(
  amounts: readonly AmountOf[],
  { rates, fromMinor }: { readonly rates: Rates; readonly fromMinor: bigint },
): boolean {
  const totalMinor = amounts.reduce((sum, { currency, minor }) => sum + dollarCents(minor, currency, rates), 0n);
  return totalMinor >= fromMinor;
}
