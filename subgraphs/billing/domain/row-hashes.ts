import { hash as digest } from 'node:crypto';
import type { Currency } from '#platform/money/currency.ts';
import { rowHash, textDigest } from '#platform/postgres/row-hash.ts';

/** The fields that identify an account. */
export interface AccountIdentity {
  readonly id: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly number: string;
  readonly openedAt: Date;
}

/** The first hash in an account's chain, so that every entry covers the identity of its account. */
export function openingHash({ id, customerId, currency, number, openedAt }: AccountIdentity): Buffer {
  return rowHash([id, customerId, currency, number, openedAt]);
}

/** The last hash of a closed account: it covers the newest entry and the time of closing. */
export function closingHash(lastHash: Buffer, closedAt: Date): Buffer {
  return digest('sha256', Buffer.concat([lastHash, Buffer.from(`CLOSED|${closedAt.getTime()}`)]), 'buffer');
}

/** All fields of a transaction. */
export interface TransactionContent {
  readonly id: string;
  readonly kind: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly feeMinor: bigint | null;
  readonly receivedMinor: bigint | null;
  readonly receivedCurrency: Currency | null;
  readonly rate: string | null;
  readonly fromAccountId: string | null;
  readonly fromCustomerId: string | null;
  readonly toAccountId: string | null;
  readonly toCustomerId: string | null;
  readonly orderId: string | null;
  readonly description: string | null;
  readonly createdAt: Date;
}

/** The hashes of a transaction's entries cover this one, and so its description. */
export function transactionHash(transaction: TransactionContent): Buffer {
  const { id, kind, reference, amountMinor, currency, feeMinor, receivedMinor, receivedCurrency, rate } = transaction;
  const { fromAccountId, fromCustomerId, toAccountId, toCustomerId, orderId, description, createdAt } = transaction;
  const amounts = [amountMinor, currency, feeMinor, receivedMinor, receivedCurrency, rate];
  const parties = [fromAccountId, fromCustomerId, toAccountId, toCustomerId];
  return rowHash([id, kind, reference, ...amounts, ...parties, orderId, createdAt, description]);
}

/** All fields of a quote. */
export interface QuoteContent {
  readonly id: string;
  readonly customerId: string;
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly feeMinor: bigint;
  readonly receivedMinor: bigint;
  readonly receivedCurrency: Currency;
  readonly rate: string | null;
  readonly expiresAt: Date;
}

/** The database computes the same when a quote is written. */
export function quoteHash(quote: QuoteContent): Buffer {
  const { id, customerId, fromAccountId, toAccountId, amountMinor, currency, feeMinor } = quote;
  const { receivedMinor, receivedCurrency, rate, expiresAt } = quote;
  const received = [receivedMinor, receivedCurrency, rate];
  return rowHash([id, customerId, fromAccountId, toAccountId, amountMinor, currency, feeMinor, ...received, expiresAt]);
}

/** All fields of a freeze when it begins. */
export interface FreezeContent {
  readonly id: string;
  readonly customerId: string;
  readonly accountId: string | null;
  readonly frozenBy: string | null;
  readonly frozenAt: Date;
  readonly reason: string;
}

/** The database computes the same when a freeze is written. */
export function freezeHash({ id, customerId, accountId, frozenBy, frozenAt, reason }: FreezeContent): Buffer {
  return rowHash([id, customerId, accountId, frozenBy, frozenAt, reason]);
}

/** How a freeze was lifted. */
export interface LiftContent {
  readonly liftedBy: string | null;
  readonly liftedAt: Date;
  readonly liftReason: string;
}

/** The database computes the same when a freeze is lifted. */
export function liftHash(hashOfFreeze: Buffer, { liftedBy, liftedAt, liftReason }: LiftContent): Buffer {
  return rowHash([hashOfFreeze, liftedBy, liftedAt, liftReason]);
}

/** All fields of a correction when it is proposed. */
export interface CorrectionContent {
  readonly id: string;
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly reversesTransactionId: string | null;
  readonly needsApproval: boolean;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly reason: string;
  readonly reference: string;
  readonly transactionId: string | null;
}

/** The database computes the same when a correction is written. */
export function correctionHash(correction: CorrectionContent): Buffer {
  const { id, accountId, amountMinor, reversesTransactionId, needsApproval, proposedBy } = correction;
  const { proposedAt, expiresAt, reason, reference, transactionId } = correction;
  const what = [id, accountId, amountMinor, reversesTransactionId, String(needsApproval)];
  const applied = needsApproval ? null : transactionId;
  return rowHash([...what, proposedBy, proposedAt, expiresAt, applied, textDigest(reason), reference]);
}

/** How another operator decided about a correction. */
export interface DecisionContent {
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly decisionReason: string;
  readonly transactionId: string | null;
}

/** The database computes the same when a correction is decided. */
export function decisionHash(hashOfCorrection: Buffer, decision: DecisionContent): Buffer {
  const { decidedBy, decidedAt, decisionReason, transactionId } = decision;
  return rowHash([hashOfCorrection, decidedBy, decidedAt, transactionId, decisionReason]);
}

/** All fields of a consent when it is given. */
export interface ConsentContent {
  readonly id: string;
  readonly customerId: string;
  readonly shopId: string;
  readonly shopName: string;
  readonly currency: Currency;
  readonly orderLimitMinor: bigint;
  readonly monthLimitMinor: bigint;
  readonly givenAt: Date;
  readonly expiresAt: Date | null;
}

/** The database computes the same when a consent is given. */
export function consentHash(consent: ConsentContent): Buffer {
  const { id, customerId, shopId, shopName, currency, orderLimitMinor, monthLimitMinor, givenAt, expiresAt } = consent;
  return rowHash([id, customerId, shopId, currency, orderLimitMinor, monthLimitMinor, givenAt, expiresAt, shopName]);
}

/** The database computes the same when a consent is withdrawn. */
export function withdrawalHash(hashOfConsent: Buffer, withdrawnAt: Date): Buffer {
  return rowHash([hashOfConsent, withdrawnAt]);
}
