import { randomUUIDv7 } from 'node:crypto';
import { viewerOf } from '#platform/identity/identity.ts';
import type { MoneyInput } from '#platform/money/money.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { deposit as depositTo } from '#billing/domain/movements.ts';
import { fundingClosed } from '#billing/domain/funding.ts';
import { checkMovable, checkRoom, refusedLongName } from '#billing/domain/own-account.ts';

export interface AccountMovementRequest {
  readonly accountId: string;
  readonly amount: MoneyInput;
  readonly idempotencyKey: string;
}

/** Deposits money to one of the viewer's accounts. */
export async function deposit({ identity, funding, moveMoney }: BillingContext, input: AccountMovementRequest) {
  const { idempotencyKey: key, ...request } = input;
  const viewer = viewerOf(identity);
  if (funding !== 'open') return fundingClosed;
  const tooLong = refusedLongName(request.accountId, 'accountId');
  if (tooLong !== null) return tooLong;
  return await moveMoney({
    request: { customerId: viewer.id, mutation: 'deposit', key, input: request },
    accountNames: [request.accountId],
    decide: ([named]) => {
      const checked = checkMovable(named, viewer.id, request.amount, 'accountId');
      if (isRefusal(checked)) return checked;
      const { account, amountMinor } = checked;
      return checkRoom(account, amountMinor) ?? depositTo(randomUUIDv7(), account, amountMinor);
    },
    effectOf: () => null,
  });
}
