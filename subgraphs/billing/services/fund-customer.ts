import { randomUUIDv7 } from 'node:crypto';
import type { Acting } from '#platform/audit/acting.ts';
import { refusedOwnAccount } from '#platform/audit/own-account.ts';
import { reasonOf } from '#platform/audit/record-act.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { displayMoney } from '#platform/money/money.ts';
import type { BillingContext } from '#billing/context.ts';
import { isTooLongForName } from '#billing/domain/account-number.ts';
import { checkCustomerAccount, checkCustomerCover, noCustomerAccount } from '#billing/domain/customer-account.ts';
import type { LockedAccount, Movement } from '#billing/domain/ledger.ts';
import { deposit, withdrawal } from '#billing/domain/movements.ts';
import { checkRoom } from '#billing/domain/own-account.ts';
import type { AccountMovementRequest } from './deposit.ts';

export interface FundingRequest extends AccountMovementRequest {
  readonly reason: string;
}

type Context = BillingContext & Acting;

/** Deposits money to another customer's account. The audit log has the act in the same commit. */
export async function depositForCustomer(context: Context, input: FundingRequest) {
  return await fund(context, input, {
    mutation: 'depositForCustomer',
    act: 'DEPOSITED',
    move: (account, minor) => checkRoom(account, minor) ?? deposit(randomUUIDv7(), account, minor),
  });
}

/** Withdraws money from another customer's account. The audit log has the act in the same commit. */
export async function withdrawForCustomer(context: Context, input: FundingRequest) {
  return await fund(context, input, {
    mutation: 'withdrawForCustomer',
    act: 'WITHDREW',
    move: (account, minor) => checkCustomerCover(account, minor) ?? withdrawal(randomUUIDv7(), account, minor),
  });
}

interface Funding {
  readonly mutation: string;
  readonly act: 'DEPOSITED' | 'WITHDREW';
  readonly move: (account: LockedAccount, minor: bigint) => Movement | Refusal<'INVALID_AMOUNT' | 'INSUFFICIENT_FUNDS'>;
}

async function fund(
  { identity, moveMoney, actor, caller }: Context,
  { idempotencyKey: key, ...request }: FundingRequest,
  { mutation, act, move }: Funding,
) {
  const reason = reasonOf(request.reason);
  if (isRefusal(reason)) return reason;
  if (isTooLongForName(request.accountId)) return noCustomerAccount;
  return await moveMoney({
    // The key belongs to the operator.
    request: { customerId: viewerOf(identity).id, mutation, key, input: { ...request, reason } },
    accountNames: [request.accountId],
    decide: ([named]) => {
      const own = refusedOwnAccount(actor, named?.customerId, ['input', 'accountId']);
      if (own !== null) return own;
      const checked = checkCustomerAccount(named, request.amount);
      return isRefusal(checked) ? checked : move(checked.account, checked.amountMinor);
    },
    effectOf: () => null,
    actOf: ({ id, fromCustomerId, toCustomerId, amountMinor: minor, currency }) => ({
      actor,
      act,
      customerId: toCustomerId ?? fromCustomerId ?? null,
      subject: `transaction:${id}`,
      after: { amount: displayMoney({ minor, currency }) },
      reason,
      caller,
    }),
  });
}
