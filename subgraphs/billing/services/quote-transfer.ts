import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { columnsOf, type Manager } from '#platform/database.ts';
import { viewerOf } from '#platform/identity.ts';
import { isRefusal } from '#platform/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import { checkParties, type TransferRequest } from '#billing/domain/transfer-parties.ts';
import { transferTerms } from '#billing/domain/transfer-terms.ts';
import { Quote, type QuoteRow } from '#billing/entities/quote.ts';
import { readAccounts } from './lock-accounts.ts';

/** Says what a transfer would do, and promises it until the quote expires. The balance is not looked at. */
export async function quoteTransfer({ em, identity, rates, quoteTtlS }: BillingContext, asked: TransferRequest) {
  const viewer = viewerOf(identity);
  const parties = checkParties(await readAccounts(em, [asked.fromAccountId, asked.toAccountId]), viewer.id, asked);
  if (isRefusal(parties)) return parties;
  const { from, to, amountMinor } = parties;
  const terms = transferTerms(from, to, amountMinor, rates);
  if (isRefusal(terms)) return terms;
  await forgetExpired(em);
  return await tables(em)
    .insertInto('quotes')
    .values({
      id: randomUUIDv7(),
      customerId: viewer.id,
      fromAccountId: from.id,
      toAccountId: to.id,
      ...terms,
      currency: from.currency,
      receivedCurrency: to.currency,
      expiresAt: sql<Date>`now() + make_interval(secs => ${quoteTtlS})`,
    })
    .returning(columnsOf(Quote))
    .executeTakeFirstOrThrow();
}

/** Takes a quote, once, for the transfer that it was made for; undefined where it is not to be had any more. */
export async function takeQuote(
  em: Manager,
  quoteId: string,
  parties: Pick<QuoteRow, 'customerId' | 'fromAccountId' | 'toAccountId' | 'amountMinor'>,
): Promise<QuoteRow | undefined> {
  return await tables(em)
    .deleteFrom('quotes')
    .where('id', '=', quoteId)
    .where('customerId', '=', parties.customerId)
    .where('fromAccountId', '=', parties.fromAccountId)
    .where('toAccountId', '=', parties.toAccountId)
    .where('amountMinor', '=', parties.amountMinor)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning(columnsOf(Quote))
    .executeTakeFirst();
}

/** A few with each new one, so that the table stays as small as its traffic. */
async function forgetExpired(em: Manager): Promise<void> {
  await sql`
    delete from quotes where id in (
      select id from quotes where expires_at < now() order by expires_at limit 10 for update skip locked)
  `.execute(em.getKysely());
}
