import type { Movement, Party, Posting, SystemAccount, TransactionKind } from '#billing/domain/ledger.ts';
import { type TransactionContent, transactionHash } from '#billing/domain/row-hashes.ts';
import {
  correction,
  deposit,
  heldRefund,
  openingDeposit,
  orderPayment,
  orderRefund,
  transfer,
  withdrawal,
} from '#billing/domain/movements.ts';
import type { Currency } from '#platform/money/currency.ts';
import { accountEntryId } from './account.ts';
import { compare, type Finding } from '../finding.ts';

/** A transaction, with the owners and currencies of its accounts. */
export interface Transaction extends TransactionContent {
  readonly kind: TransactionKind;
  readonly fromOwnerId: string | null;
  readonly fromCurrency: Currency | null;
  readonly toOwnerId: string | null;
  readonly toCurrency: Currency | null;
  /** Null for a transaction from before version 0.2.0. */
  readonly hash: Buffer | null;
}

export interface PostedEntry {
  readonly transactionId: string;
  readonly accountId: string | null;
  readonly sequence: number | null;
  readonly systemAccount: SystemAccount | null;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint | null;
  readonly hash: Buffer | null;
  readonly createdAt: Date;
}

/** Checks a transaction against the ledger's rules for its kind and amounts, and checks its entries. */
export function checkTransaction(transaction: Transaction, entries: readonly PostedEntry[]): Finding[] {
  const { id, kind, createdAt, hash } = transaction;
  const movement = movementOf(transaction);
  return [
    ...checkSums(id, entries),
    ...(hash === null ? [] : compare(table, id, { hash: [transactionHash(transaction), hash] })),
    ...(movement === null
      ? [{ table, id, expected: `the accounts and the order of a ${kind}`, found: 'not all of them' }]
      : [...checkFields(transaction, movement), ...checkPostings(movement, entries)]),
    ...entries.flatMap((entry) =>
      compare('billing.entries', entryId(entry), {
        'time of the transaction': [createdAt, entry.createdAt],
        ...chainFacts(entry),
      }),
    ),
  ];
}

/** A customer's entry is part of an account's chain; an entry of a system account is not. */
function chainFacts({ accountId, systemAccount, sequence, balanceAfterMinor, hash }: PostedEntry) {
  if (systemAccount === null) return { sequence: [sequence ?? 'a number', sequence] } as const;
  return {
    account: [null, accountId],
    sequence: [null, sequence],
    'balance after': [null, balanceAfterMinor],
    hash: [null, hash],
  } as const;
}

/** Reports entries whose transaction is missing. */
export function checkStrayEntries(transactionId: string, entries: readonly PostedEntry[]): Finding[] {
  return entries.map((entry) => ({
    table: 'billing.entries',
    id: entryId(entry),
    expected: `transaction ${transactionId}`,
    found: 'none',
  }));
}

const table = 'billing.transactions';

function checkSums(id: string, entries: readonly PostedEntry[]): Finding[] {
  return [...Map.groupBy(entries, ({ currency }) => currency)].flatMap(([currency, group]) =>
    compare(table, id, { [`sum of its entries in ${currency}`]: [0n, sum(group)] }),
  );
}

function sum(entries: readonly PostedEntry[]): bigint {
  return entries.reduce((total, { amountMinor }) => total + amountMinor, 0n);
}

/** @returns the movement that the ledger would post, or null if the transaction lacks required data. */
function movementOf(transaction: Transaction): Movement | null {
  const { from, to } = partiesOf(transaction);
  return movements[transaction.kind]?.(transaction, from, to) ?? null;
}

type Rebuild = (transaction: Transaction, from: Party | null, to: Party | null) => Movement | null;

/** A forged kind has no entry here. */
const movements: Readonly<Record<string, Rebuild>> = {
  OPENING_DEPOSIT: ({ id }, _from, to) => to && openingDeposit(id, to),
  DEPOSIT: ({ id, amountMinor }, _from, to) => to && deposit(id, to, amountMinor),
  WITHDRAWAL: ({ id, amountMinor }, from) => from && withdrawal(id, from, amountMinor),
  ORDER_PAYMENT: ({ id, amountMinor, orderId }, from) =>
    from === null || orderId === null ? null : orderPayment(id, from, amountMinor, orderId),
  REFUND: (transaction, _from, to) => refundOf(transaction, to, orderRefund),
  REFUND_HELD: (transaction, _from, to) => refundOf(transaction, to, heldRefund),
  CORRECTION: (transaction, from, to) => correctionOf(transaction, from, to),
  TRANSFER: (transaction, from, to) => from && to && transferOf(transaction, from, to),
} satisfies Readonly<Record<TransactionKind, Rebuild>>;

/** The refund that the reference names is compared with its settlement. */
function refundOf({ id, amountMinor, orderId, reference }: Transaction, to: Party | null, make: typeof orderRefund) {
  const refundId = reference.replace(/^refund:/, '');
  return to === null || orderId === null ? null : make(id, to, amountMinor, { orderId, refundId });
}

/** The correction that the reference names is compared with its own row. */
function correctionOf({ id, amountMinor, reference, description }: Transaction, from: Party | null, to: Party | null) {
  const content = { id: reference.replace(/^correction:/, ''), reference: description };
  if (to !== null && from === null) return correction(id, to, { ...content, amountMinor });
  return from !== null && to === null ? correction(id, from, { ...content, amountMinor: -amountMinor }) : null;
}

function transferOf({ id, amountMinor, feeMinor, receivedMinor, rate }: Transaction, from: Party, to: Party): Movement {
  return transfer(
    id,
    from,
    to,
    { amountMinor, feeMinor: feeMinor ?? 0n, receivedMinor: receivedMinor ?? 0n, rate },
    null,
  );
}

/** @returns the current accounts of a transaction. */
function partiesOf(transaction: Transaction): { from: Party | null; to: Party | null } {
  const { fromAccountId, fromOwnerId, fromCurrency, toAccountId, toOwnerId, toCurrency } = transaction;
  return {
    from: partyOf(fromAccountId, fromOwnerId, fromCurrency),
    to: partyOf(toAccountId, toOwnerId, toCurrency),
  };
}

function partyOf(id: string | null, customerId: string | null, currency: Currency | null): Party | null {
  return id === null || customerId === null || currency === null ? null : { id, customerId, currency };
}

function checkFields(transaction: Transaction, movement: Movement): Finding[] {
  return compare(table, transaction.id, {
    reference: [movement.reference, transaction.reference],
    amount: [movement.amountMinor, transaction.amountMinor],
    currency: [movement.currency, transaction.currency],
    fee: [movement.feeMinor, transaction.feeMinor],
    'amount received': [movement.receivedMinor, transaction.receivedMinor],
    'currency received': [movement.receivedCurrency, transaction.receivedCurrency],
    'from account': [movement.from?.id ?? null, transaction.fromAccountId],
    'from customer': [movement.from?.customerId ?? null, transaction.fromCustomerId],
    'to account': [movement.to?.id ?? null, transaction.toAccountId],
    'to customer': [movement.to?.customerId ?? null, transaction.toCustomerId],
    order: [movement.orderId, transaction.orderId],
  });
}

/** Reports a transaction whose entries differ from its postings, and each unexpected entry. */
function checkPostings({ id, postings, from, to }: Movement, entries: readonly PostedEntry[]): Finding[] {
  const missing = postings.map((posting) => postingText(posting, from, to));
  const unexpected: PostedEntry[] = [];
  for (const entry of entries) {
    const index = missing.indexOf(entryText(entry));
    if (index >= 0) missing.splice(index, 1);
    else unexpected.push(entry);
  }
  if (missing.length === 0 && unexpected.length === 0) return [];
  const expected = missing.length === 0 ? 'nothing more' : missing.join('; ');
  return [
    { table, id, expected, found: unexpected.length === 0 ? 'no such entry' : unexpected.map(entryText).join('; ') },
    ...unexpected.map((entry) => ({
      table: 'billing.entries',
      id: entryId(entry),
      expected: `${expected} in transaction ${id}`,
      found: entryText(entry),
    })),
  ];
}

function postingText(posting: Posting, from: Party | null, to: Party | null): string {
  if ('system' in posting) return `${posting.amountMinor} ${posting.currency} on ${posting.system}`;
  const { currency } = [from, to].find((party) => party?.id === posting.accountId)!;
  return `${posting.amountMinor} ${currency} on account ${posting.accountId}`;
}

function entryId({ transactionId, accountId, sequence, systemAccount, currency }: PostedEntry): string {
  if (accountId !== null && sequence !== null) return accountEntryId({ accountId, sequence });
  return `${transactionId} ${systemAccount} ${currency}`;
}

function entryText({ accountId, systemAccount, currency, amountMinor }: PostedEntry): string {
  return `${amountMinor} ${currency} on ${systemAccount ?? `account ${accountId}`}`;
}
