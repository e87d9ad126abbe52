import { randomUUIDv7 } from 'node:crypto';
import { once, rememberKey } from '#platform/idempotency.ts';
import { viewerOf } from '#platform/identity.ts';
import type { MoneyInput } from '#platform/money.ts';
import { isRefusal } from '#platform/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { deposit as depositTo } from '#billing/domain/movements.ts';
import { checkMovable, checkRoom } from '#billing/domain/own-account.ts';
import { madeTransaction, writtenTransaction } from './find-transactions.ts';
import { lockAccounts } from './lock-accounts.ts';
import { writeBook } from './write-book.ts';

export interface AccountMovementRequest {
  readonly accountId: string;
  readonly amount: MoneyInput;
  readonly idempotencyKey: string;
}

/** Puts money on one of the viewer's accounts. */
export async function deposit({ em, identity }: BillingContext, input: AccountMovementRequest) {
  const { idempotencyKey: key, ...asked } = input;
  const viewer = viewerOf(identity);
  const request = { customerId: viewer.id, mutation: 'deposit', key, input: asked };

  return await once(em, request, madeTransaction(em, viewer.id), () =>
    em.transactional(async (transaction) => {
      const { accounts, book } = await lockAccounts(transaction, [asked.accountId]);
      const checked = checkMovable(accounts[0], viewer.id, asked.amount, 'accountId');
      if (isRefusal(checked)) return checked;
      const { account, amountMinor } = checked;
      const refused = checkRoom(account, amountMinor);
      if (refused !== null) return refused;
      book.post(depositTo(randomUUIDv7(), account, amountMinor));
      await writeBook(transaction, book);
      await rememberKey(transaction, request, book.transactions[0]!.id);
      return writtenTransaction(book);
    }),
  );
}
