import { randomUUIDv7 } from 'node:crypto';
import { once, rememberKey } from '#platform/idempotency.ts';
import { viewerOf } from '#platform/identity.ts';
import { isRefusal } from '#platform/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { withdrawal } from '#billing/domain/movements.ts';
import { checkCover, checkMovable } from '#billing/domain/own-account.ts';
import type { AccountMovementRequest } from './deposit.ts';
import { madeTransaction, writtenTransaction } from './find-transactions.ts';
import { lockAccounts } from './lock-accounts.ts';
import { writeBook } from './write-book.ts';

/** Takes money off one of the viewer's accounts. */
export async function withdraw({ em, identity }: BillingContext, input: AccountMovementRequest) {
  const { idempotencyKey: key, ...asked } = input;
  const viewer = viewerOf(identity);
  const request = { customerId: viewer.id, mutation: 'withdraw', key, input: asked };

  return await once(em, request, madeTransaction(em, viewer.id), () =>
    em.transactional(async (transaction) => {
      const { accounts, book } = await lockAccounts(transaction, [asked.accountId]);
      const checked = checkMovable(accounts[0], viewer.id, asked.amount, 'accountId');
      if (isRefusal(checked)) return checked;
      const { account, amountMinor } = checked;
      const refused = checkCover(account, amountMinor);
      if (refused !== null) return refused;
      book.post(withdrawal(randomUUIDv7(), account, amountMinor));
      await writeBook(transaction, book);
      await rememberKey(transaction, request, book.transactions[0]!.id);
      return writtenTransaction(book);
    }),
  );
}
