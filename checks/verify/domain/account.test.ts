import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { newAccountNumber } from '#billing/services/new-account-number.ts';
import { type Account, type AccountEntry, beginChain, checkAccount, extendChain } from './account.ts';

/** An account with one entry and its hashes, as versions before 0.2.0 wrote them. */
const openedAt = new Date('2026-11-01T00:00:00Z');
const createdAt = new Date('2026-11-02T00:00:00Z');
const content = ['account', 1, 'transaction', 'USD', 500n, 500n, createdAt.getTime()].join('|');
const hash = createHash('sha256').update(Buffer.alloc(32)).update(content).digest();

const entry: AccountEntry = {
  accountId: 'account',
  sequence: 1,
  transactionId: 'transaction',
  currency: 'USD',
  amountMinor: 500n,
  balanceAfterMinor: 500n,
  createdAt,
  hash,
  transactionHash: null,
};
const account: Account = {
  id: 'account',
  customerId: 'customer',
  currency: 'USD',
  number: newAccountNumber(),
  status: 'OPEN',
  balanceMinor: 500n,
  sequence: 1,
  openingHash: null,
  lastHash: hash,
  lastEntryAt: createdAt,
  openedAt,
  closedAt: null,
};

function findings(changed: Partial<Account>, of: AccountEntry = entry) {
  const stored = { ...account, ...changed };
  const step = extendChain(beginChain(stored), stored, of);
  return [...step.findings, ...checkAccount(stored, step.chain)];
}

describe('an account from before version 0.2.0', () => {
  test('has no findings', () => {
    expect(findings({})).toEqual([]);
  });

  test('may be closed without a closing hash', () => {
    const empty = { ...entry, amountMinor: 0n, balanceAfterMinor: 0n };
    const closed = { status: 'CLOSED', closedAt: new Date(), balanceMinor: 0n } as const;
    const emptyHash = createHash('sha256').update(Buffer.alloc(32)).update(content.replaceAll('500', '0')).digest();

    expect(findings({ ...closed, lastHash: emptyHash }, { ...empty, hash: emptyHash })).toEqual([]);
  });

  test('still has a chain of hashes', () => {
    expect(findings({ balanceMinor: 501n })).toHaveLength(1);
    expect(findings({}, { ...entry, amountMinor: 501n })).not.toEqual([]);
  });
});
