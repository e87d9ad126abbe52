import { type AccountStatus, entryHash, firstHash, type HashedEntry } from '#billing/domain/ledger.ts';
import type { Currency } from '#platform/currency.ts';
import { compare, type Finding } from '../finding.ts';

export interface Account {
  readonly id: string;
  readonly currency: Currency;
  readonly status: AccountStatus;
  readonly balanceMinor: bigint;
  readonly sequence: number;
  readonly lastHash: Buffer;
  readonly lastEntryAt: Date;
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

export const emptyChain: Chain = {
  sequence: 0,
  balancesMinor: [0n],
  hashes: [firstHash],
  time: new Date(0),
  sound: true,
};

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

/** Checks an account against what all of its entries come to. */
export function checkAccount(account: Account, chain: Chain): Finding[] {
  const { id, balanceMinor, sequence, lastHash, lastEntryAt } = account;
  const known = chain.sequence > 0 && chain.sound;
  return [
    ...compare('billing.accounts', id, {
      sequence: [chain.sequence, sequence],
      balance: [matching(chain.balancesMinor, balanceMinor, (one) => one === balanceMinor), balanceMinor],
      'last hash': [matching(chain.hashes, lastHash, (one) => one.equals(lastHash)), lastHash],
      'time of the last entry': [known ? chain.time : lastEntryAt, lastEntryAt],
    }),
    ...(account.status === 'CLOSED'
      ? compare('billing.accounts', id, { 'balance of a closed account': [0n, balanceMinor] })
      : []),
  ];
}

/** The stored value itself where one of those that may be is equal to it, else the first of them. */
function matching<Value>(possible: readonly Value[], stored: Value, equal: (value: Value) => boolean): Value {
  return possible.some(equal) ? stored : possible[0]!;
}
