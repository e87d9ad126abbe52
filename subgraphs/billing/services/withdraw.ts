import { randomUUIDv7 } from 'node:crypto';
import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { withdrawal } from '#billing/domain/movements.ts';
import { fundingClosed } from '#billing/domain/funding.ts';
import { checkCover, checkMovable, refusedLongName } from '#billing/domain/own-account.ts';
import type { AccountMovementRequest } from './deposit.ts';

/** Withdraws money from one of the viewer's accounts. */
export async function withdraw({ identity, funding, moveMoney }: BillingContext, input: AccountMovementRequest) {
  const { idempotencyKey: key, ...request } = input;
  const viewer = viewerOf(identity);
  if (funding !== 'open') return fundingClosed;
  const tooLong = refusedLongName(request.accountId, 'accountId');
  if (tooLong !== null) return tooLong;
  return await moveMoney({
    request: { customerId: viewer.id, mutation: 'withdraw', key, input: request },
    accountNames: [request.accountId],
    decide: ([named]) => {
      const checked = checkMovable(named, viewer.id, request.amount, 'accountId');
      if (isRefusal(checked)) return checked;
      const { account, amountMinor } = checked;
      return checkCover(account, amountMinor) ?? withdrawal(randomUUIDv7(), account, amountMinor);
    },
    effectOf: () => null,
  });
}
