import { isAccountNumber } from '#billing/domain/account-number.ts';
import { type AccountStatus, entryHash, firstHash, type HashedEntry } from '#billing/domain/ledger.ts';
import { type AccountIdentity, closingHash, openingHash } from '#billing/domain/row-hashes.ts';
import { compare, type Finding } from '../finding.ts';

export interface Account extends AccountIdentity {
  readonly status: AccountStatus;
  readonly balanceMinor: bigint;
  readonly sequence: number;
  /** Null for an account from before version 0.2.0. */
  readonly openingHash: Buffer | null;
  readonly lastHash: Buffer;
  readonly lastEntryAt: Date;
  readonly closedAt: Date | null;
}

export interface AccountEntry extends HashedEntry {
  readonly hash: Buffer;
}

/**
 * The state of an account after some of its entries. After a wrong entry, the next entry may continue from two balances
 * and hashes: the stored and the expected ones. So only the changed entry is reported.
 */
export interface Chain {
  readonly sequence: number;
  readonly balancesMinor: readonly bigint[];
  readonly hashes: readonly Buffer[];
  /** The time of the newest valid entry. */
  readonly time: Date;
  /** Whether the newest entry is valid. */
  readonly isValid: boolean;
}

export function beginChain({ openingHash: hash }: Pick<Account, 'openingHash'>): Chain {
  return { sequence: 0, balancesMinor: [0n], hashes: [hash ?? firstHash], time: new Date(0), isValid: true };
}

export interface Step {
  readonly chain: Chain;
  readonly findings: readonly Finding[];
}

/** Checks an entry against the previous entries: sequence, running balance, hash, time. */
export function extendChain(chain: Chain, account: Account, entry: AccountEntry): Step {
  const { sequence, balanceAfterMinor, hash, createdAt } = entry;
  const follows = sequence === chain.sequence + 1;
  // After a missing entry, the expected balance and hash are unknown.
  const balancesMinor = follows ? chain.balancesMinor.map((before) => before + entry.amountMinor) : [balanceAfterMinor];
  const hashes = follows ? chain.hashes.map((before) => entryHash(before, entry)) : [hash];
  const expectedBalanceMinor = matching(balancesMinor, balanceAfterMinor, (one) => one === balanceAfterMinor);
  const expectedHash = matching(hashes, hash, (one) => one.equals(hash));
  const findings = compare('billing.entries', accountEntryId(entry), {
    sequence: [chain.sequence + 1, sequence],
    currency: [account.currency, entry.currency],
    'balance after': [expectedBalanceMinor, balanceAfterMinor],
    hash: [expectedHash, hash],
    time: [createdAt < chain.time ? chain.time : createdAt, createdAt],
  });
  const isValid = findings.length === 0;
  return {
    chain: {
      sequence,
      balancesMinor:
        expectedBalanceMinor === balanceAfterMinor ? [balanceAfterMinor] : [balanceAfterMinor, expectedBalanceMinor],
      hashes: expectedHash === hash ? [hash] : [hash, expectedHash],
      time: isValid ? createdAt : chain.time,
      isValid,
    },
    findings,
  };
}

/** @returns the id of an account's entry in findings. */
export function accountEntryId({ accountId, sequence }: Pick<AccountEntry, 'accountId' | 'sequence'>): string {
  return `${accountId} ${sequence}`;
}

/** Checks an account against the result of its entries, and its identity against its hash. */
export function checkAccount(account: Account, chain: Chain): Finding[] {
  const { id, number, status, balanceMinor, sequence, lastHash, lastEntryAt, closedAt } = account;
  const isClosed = status === 'CLOSED';
  return [
    ...compare('billing.accounts', id, {
      ...(isAccountNumber(number) ? {} : { number: ['a valid one', number] }),
      ...(account.openingHash === null ? {} : { 'opening hash': [openingHash(account), account.openingHash] }),
      sequence: [chain.sequence, sequence],
      balance: [matching(chain.balancesMinor, balanceMinor, (one) => one === balanceMinor), balanceMinor],
      'last hash': [matching(lastHashes(account, chain), lastHash, (one) => one.equals(lastHash)), lastHash],
      'time of the last entry': [lastTimeOf(account, chain), lastEntryAt],
      status: [closedAt === null ? 'OPEN' : 'CLOSED', status],
    }),
    ...(isClosed ? compare('billing.accounts', id, { 'balance of a closed account': [0n, balanceMinor] }) : []),
  ];
}

/** @returns the expected time of the last entry, or the stored time if the expected one is unknown. */
function lastTimeOf(
  { openingHash: opening, openedAt, lastEntryAt }: Account,
  { sequence, isValid, time }: Chain,
): Date {
  if (sequence > 0) return isValid ? time : lastEntryAt;
  return opening === null ? lastEntryAt : openedAt;
}

/** @returns the valid last hashes of an account. Before version 0.2.0, the hash did not cover the closing. */
function lastHashes({ status, closedAt, openingHash: opening }: Account, { hashes }: Chain): readonly Buffer[] {
  if (status !== 'CLOSED' || closedAt === null) return hashes;
  const closed = hashes.map((hash) => closingHash(hash, closedAt));
  return opening === null ? [...closed, ...hashes] : closed;
}

/** @returns the stored value if it equals a possible one, or else the first possible value. */
function matching<Value>(possible: readonly Value[], stored: Value, equal: (value: Value) => boolean): Value {
  return possible.some(equal) ? stored : possible[0]!;
}
