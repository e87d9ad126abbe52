import { LRUCache } from 'lru-cache';
import { attemptWindowsS } from '#platform/errors/attempt-windows.ts';
import { type Refusal, refuseUntil } from '#platform/errors/refusal.ts';
import { isAccountNumber } from '#billing/domain/account-number.ts';
import type { LockedAccount } from '#billing/domain/ledger.ts';
import { accountNamed, checkParties, type TransferRequest } from '#billing/domain/transfer-parties.ts';

type PartiesOrRefusal = ReturnType<typeof checkParties> | Refusal<'TOO_MANY_UNKNOWN_RECEIVERS'>;

/** Checks the parties of a transfer with `checkParties`, and refuses a customer who guesses account numbers. */
export type FindParties = (
  accounts: readonly LockedAccount[],
  customerId: string,
  request: TransferRequest,
) => PartiesOrRefusal;

const windowMs = attemptWindowsS.unknownReceivers * 1_000;
const maxCounted = 50_000;

/**
 * A quote or a transfer reveals whether an account number exists. A customer who named `maxPerHour` numbers that do not
 * exist is refused for other customers' numbers until the hour is over. Numbers with a wrong check digit reveal nothing
 * and do not count. Each process counts separately.
 */
export function limitUnknownReceivers(maxPerHour: number): FindParties {
  const misses = new LRUCache<string, number>({ max: maxCounted, ttl: windowMs, noUpdateTTL: true });

  return (accounts, customerId, request) => {
    const isNumber = isAccountNumber(request.toAccountId);
    const to = accountNamed(accounts, request.toAccountId);
    const missed = misses.get(customerId) ?? 0;
    if (isNumber && to?.customerId !== customerId && missed >= maxPerHour) {
      return tooMany(misses.getRemainingTTL(customerId) / 1_000);
    }
    if (isNumber && to === undefined) misses.set(customerId, missed + 1);
    return checkParties(accounts, customerId, request);
  };
}

function tooMany(waitS: number): Refusal<'TOO_MANY_UNKNOWN_RECEIVERS'> {
  return refuseUntil(
    'TOO_MANY_UNKNOWN_RECEIVERS',
    'You entered too many account numbers that do not exist. Ask the receiver for the number.',
    waitS,
    ['input', 'toAccountId'],
  );
}
