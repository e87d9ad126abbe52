import { hash as digest } from 'node:crypto';
import type { Currency } from '#platform/money/currency.ts';
import { transactionHash as hashOfContent } from './row-hashes.ts';

export const accountStatuses = ['OPEN', 'CLOSED'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/**
 * The ledger's own accounts, one of each per currency. They have no row with a balance, which every transaction would
 * lock: a balance is the sum of the account's entries. PAYABLE holds what is owed to customers whose account is closed, ADJUSTMENTS what
 * corrections gave and took.
 */
export const systemAccounts = ['CASH', 'SALES', 'FEES', 'EXCHANGE', 'PAYABLE', 'ADJUSTMENTS'] as const;
export type SystemAccount = (typeof systemAccounts)[number];

/** A customer's account, read under its lock. */
export interface LockedAccount {
  readonly id: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly number: string;
  readonly status: AccountStatus;
  /** Whether an operator froze the account: it neither pays nor receives. */
  readonly frozen: boolean;
  readonly balanceMinor: bigint;
  readonly sequence: number;
  readonly lastHash: Buffer;
  readonly lastEntryAt: Date;
}

/** One side of a movement: on a customer's account, or on a system account of a currency. */
export type Posting =
  | { readonly accountId: string; readonly amountMinor: bigint }
  | { readonly system: SystemAccount; readonly currency: Currency; readonly amountMinor: bigint };

/** REFUND_HELD is a refund for a closed account: its customer is owed the money. */
export const transactionKinds = [
  'OPENING_DEPOSIT',
  'DEPOSIT',
  'WITHDRAWAL',
  'TRANSFER',
  'ORDER_PAYMENT',
  'REFUND',
  'REFUND_HELD',
  'CORRECTION',
] as const;
export type TransactionKind = (typeof transactionKinds)[number];

/** What the house posts to a frozen account: its customer cannot use the money, but does not lose it either. */
const kindsOnFrozen: ReadonlySet<TransactionKind> = new Set(['OPENING_DEPOSIT', 'REFUND', 'CORRECTION']);

/** An account as one side of a movement. */
export type Party = Pick<LockedAccount, 'id' | 'customerId' | 'currency'>;

/** A transaction and its postings, ready to insert. */
export interface Movement {
  readonly id: string;
  readonly kind: TransactionKind;
  /** Names the cause of the movement. It is unique, so each cause moves money only once. */
  readonly reference: string;
  /** The amount that leaves `from` without the fee; without `from`, the amount that arrives. */
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly feeMinor: bigint | null;
  readonly receivedMinor: bigint | null;
  readonly receivedCurrency: Currency | null;
  readonly rate: string | null;
  readonly from: Party | null;
  readonly to: Party | null;
  readonly orderId: string | null;
  readonly description: string | null;
  readonly postings: readonly Posting[];
}

/** A movement that was posted to a journal batch. */
export interface PostedTransaction extends Movement {
  readonly createdAt: Date;
  /** Covers all fields of the transaction. */
  readonly hash: Buffer;
}

/** An entry, ready to insert. */
export interface NewEntry {
  readonly transactionId: string;
  readonly accountId: string | null;
  readonly systemAccount: SystemAccount | null;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly sequence: number | null;
  readonly balanceAfterMinor: bigint | null;
  readonly hash: Buffer | null;
  readonly createdAt: Date;
}

/** The first hash in the chain of an account from before version 0.2.0. */
export const firstHash = Buffer.alloc(32);

/**
 * A journal batch: locked accounts, and the movements that are posted to them one after the other. Each posting sees the
 * balances after the ones before it.
 */
export class JournalBatch {
  readonly #accounts: Map<string, LockedAccount>;
  readonly time: Date;
  readonly entries: NewEntry[] = [];
  readonly transactions: PostedTransaction[] = [];

  /** @param time of the database. Entries get it, or the time of the account's newest entry where that is later. */
  constructor(accounts: Iterable<LockedAccount>, time: Date) {
    this.#accounts = new Map([...accounts].map((account) => [account.id, account]));
    this.time = time;
  }

  account(id: string): LockedAccount {
    const account = this.#accounts.get(id);
    if (account === undefined) throw new Error(`account ${id} is not locked`);
    return account;
  }

  /**
   * Posts a movement.
   *
   * @throws where it does not balance, would overdraw an account, or is on a closed or frozen account. Callers check this
   * before, so it is an error of the program.
   */
  post(movement: Movement): PostedTransaction {
    const { id, postings } = movement;
    assertBalanced(postings.map((posting) => ({ ...posting, currency: this.#currencyOf(posting) })));
    const createdAt = this.#timeOf(postings);
    const posted = { ...movement, createdAt, hash: hashOf(movement, createdAt) };
    for (const posting of postings) {
      this.entries.push(
        'accountId' in posting
          ? this.#customerEntry(posted, posting.accountId, posting.amountMinor)
          : systemEntry(id, posting.system, posting.currency, posting.amountMinor, createdAt),
      );
    }
    this.transactions.push(posted);
    return posted;
  }

  /** The time of a transaction with these postings: an account's entries never go back in time. */
  #timeOf(postings: readonly Posting[]): Date {
    const newest = postings.map((posting) =>
      'accountId' in posting ? this.account(posting.accountId).lastEntryAt : this.time,
    );
    return new Date(Math.max(this.time.getTime(), ...newest.map((time) => time.getTime())));
  }

  #currencyOf(posting: Posting): Currency {
    return 'accountId' in posting ? this.account(posting.accountId).currency : posting.currency;
  }

  #customerEntry(
    { id: transactionId, kind, createdAt, hash: transactionHash }: PostedTransaction,
    accountId: string,
    amountMinor: bigint,
  ): NewEntry {
    const account = this.account(accountId);
    const balanceAfterMinor = account.balanceMinor + amountMinor;
    if (balanceAfterMinor < 0n) throw new Error(`account ${accountId} would be overdrawn`);
    if (account.status !== 'OPEN') throw new Error(`account ${accountId} is closed`);
    if (account.frozen && !kindsOnFrozen.has(kind)) throw new Error(`account ${accountId} is frozen`);
    const { currency } = account;
    const sequence = account.sequence + 1;
    const content = { accountId, sequence, transactionId, currency, amountMinor, balanceAfterMinor, createdAt };
    const hash = entryHash(account.lastHash, { ...content, transactionHash });
    this.#accounts.set(accountId, {
      ...account,
      balanceMinor: balanceAfterMinor,
      sequence,
      lastHash: hash,
      lastEntryAt: createdAt,
    });
    return { ...content, systemAccount: null, hash };
  }
}

function hashOf(movement: Movement, createdAt: Date): Buffer {
  const { from, to } = movement;
  return hashOfContent({
    ...movement,
    fromAccountId: from?.id ?? null,
    fromCustomerId: from?.customerId ?? null,
    toAccountId: to?.id ?? null,
    toCustomerId: to?.customerId ?? null,
    createdAt,
  });
}

function systemEntry(
  transactionId: string,
  systemAccount: SystemAccount,
  currency: Currency,
  amountMinor: bigint,
  createdAt: Date,
): NewEntry {
  return {
    transactionId,
    accountId: null,
    systemAccount,
    currency,
    amountMinor,
    sequence: null,
    balanceAfterMinor: null,
    hash: null,
    createdAt,
  };
}

function assertBalanced(postings: readonly { readonly currency: Currency; readonly amountMinor: bigint }[]): void {
  const sums = new Map<Currency, bigint>();
  for (const { currency, amountMinor } of postings) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw new Error(`a transaction does not balance: ${sum} ${currency} minor units are left`);
  }
}

/** The fields of a customer's entry, in the order in which its hash covers them. */
export interface HashedEntry {
  readonly accountId: string;
  readonly sequence: number;
  readonly transactionId: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  readonly createdAt: Date;
  /** Null for a transaction from before version 0.2.0, which has none. */
  readonly transactionHash: Buffer | null;
}

/**
 * SHA-256 over the hash of the account's previous entry and the fields of this one. To change an entry unnoticed, an
 * attacker must change all later entries and the account.
 */
export function entryHash(before: Buffer, entry: HashedEntry): Buffer {
  const { accountId, sequence, transactionId, currency, amountMinor, balanceAfterMinor, createdAt } = entry;
  const content = [accountId, sequence, transactionId, currency, amountMinor, balanceAfterMinor, createdAt.getTime()];
  if (entry.transactionHash !== null) content.push(entry.transactionHash.toString('hex'));
  return digest('sha256', Buffer.concat([before, Buffer.from(content.join('|'))]), 'buffer');
}
