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
 * What the entries of an account come to, up to one of them. After a wrong entry there are two balances and hashes
 * that the next may go on from, the one that is stored and the one that it should have been: whichever was changed,
 * only the changed entry is named.
 */
export interface Chain {
  readonly sequence: number;
  readonly balancesMinor: readonly bigint[];
  readonly hashes: readonly Buffer[];
  /** That of the newest entry that is right. */
  readonly time: Date;
  /** Whether the newest entry is right. */
  readonly sound: boolean;
}

export function beginChain({ openingHash: hash }: Pick<Account, 'openingHash'>): Chain {
  return { sequence: 0, balancesMinor: [0n], hashes: [hash ?? firstHash], time: new Date(0), sound: true };
}

export interface Step {
  readonly chain: Chain;
  readonly findings: readonly Finding[];
}

/** Checks an entry against those before it: sequence, running balance, hash, time. */
export function extendChain(chain: Chain, account: Account, entry: AccountEntry): Step {
  const { sequence, balanceAfterMinor, hash, createdAt } = entry;
  const follows = sequence === chain.sequence + 1;
  // What goes on from an entry that is missing cannot be known.
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
  const sound = findings.length === 0;
  return {
    chain: {
      sequence,
      balancesMinor:
        expectedBalanceMinor === balanceAfterMinor ? [balanceAfterMinor] : [balanceAfterMinor, expectedBalanceMinor],
      hashes: expectedHash === hash ? [hash] : [hash, expectedHash],
      time: sound ? createdAt : chain.time,
      sound,
    },
    findings,
  };
}

/** What findings call an entry of an account. */
export function accountEntryId({ accountId, sequence }: Pick<AccountEntry, 'accountId' | 'sequence'>): string {
  return `${accountId} ${sequence}`;
}

/** Checks an account against what all of its entries come to, and its identity against its hash. */
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

/** The stored time itself where it cannot be known. */
function lastTimeOf({ openingHash: opening, openedAt, lastEntryAt }: Account, { sequence, sound, time }: Chain): Date {
  if (sequence > 0) return sound ? time : lastEntryAt;
  return opening === null ? lastEntryAt : openedAt;
}

/** The hashes that an account may have. Before version 0.2.0 a closing was not covered. */
function lastHashes({ status, closedAt, openingHash: opening }: Account, { hashes }: Chain): readonly Buffer[] {
  if (status !== 'CLOSED' || closedAt === null) return hashes;
  const closed = hashes.map((hash) => closingHash(hash, closedAt));
  return opening === null ? [...closed, ...hashes] : closed;
}

/** The stored value itself where one of those that may be is equal to it, else the first of them. */
function matching<Value>(possible: readonly Value[], stored: Value, equal: (value: Value) => boolean): Value {
  return possible.some(equal) ? stored : possible[0]!;
}
