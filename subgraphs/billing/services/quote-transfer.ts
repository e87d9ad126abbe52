import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { asynchronousCommit } from '#platform/postgres/asynchronous-commit.ts';
import { columnsOf, type NewValues } from '#platform/postgres/database.ts';
import { condition, secondsFromNow } from '#platform/postgres/expressions.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import { refusedLongNames, type TransferRequest } from '#billing/domain/transfer-parties.ts';
import { termsToReceive, transferTerms } from '#billing/domain/transfer-terms.ts';
import { Quote } from '#billing/entities/quote.ts';
import { readAccounts } from './lock-accounts.ts';

/**
 * Returns the terms of a transfer, and guarantees them until the quote expires. The balance is not checked. A crash of
 * the database can lose a quote; it then counts as expired.
 */
export async function quoteTransfer(
  { em, identity, rates, quoteTtlS, findParties }: BillingContext,
  request: TransferRequest,
) {
  const viewer = viewerOf(identity);
  const tooLong = refusedLongNames(request);
  if (tooLong !== null) return tooLong;
  const parties = findParties(await readAccounts(em, [request.fromAccountId, request.toAccountId]), viewer.id, request);
  if (isRefusal(parties)) return parties;
  const { from, to, amountMinor } = parties;
  const termsOf = request.isReceivedAmount === true ? termsToReceive : transferTerms;
  const terms = termsOf(from, to, amountMinor, rates);
  if (isRefusal(terms)) return terms;
  const { commit: _, ...quote } = await tables(em)
    .with('forgotten', (within) => within.deleteFrom('quotes').where(isFewExpired))
    .insertInto('quotes')
    .values({
      id: randomUUIDv7(),
      customerId: viewer.id,
      fromAccountId: from.id,
      toAccountId: to.id,
      ...terms,
      rate: terms.rate ?? null,
      currency: from.currency,
      receivedCurrency: to.currency,
      expiresAt: secondsFromNow(quoteTtlS),
    } satisfies NewValues<typeof Quote>)
    .returning([...columnsOf(Quote), asynchronousCommit.as('commit')])
    .executeTakeFirstOrThrow();
  return quote;
}

/** Each new quote deletes a few expired ones, which keeps the table small. */
const isFewExpired = condition(
  sql`id in (select id from quotes where expires_at < now() order by expires_at limit 10 for update skip locked)`,
);
