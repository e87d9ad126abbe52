import { randomUUIDv7 } from 'node:crypto';
import { hasCharacters } from '#platform/validation/characters.ts';
import { fault } from '#platform/errors/faults.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { OutboxEntry } from '#subgraphs/outbox.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import type { Rates } from '#billing/domain/exchange.ts';
import { transfer as transferBetween } from '#billing/domain/movements.ts';
import { checkCover, checkRoom } from '#billing/domain/own-account.ts';
import { refusedLongNames, type TransferParties, type TransferRequest } from '#billing/domain/transfer-parties.ts';
import { quotedTerms, refusedLongQuoteId, transferTerms } from '#billing/domain/transfer-terms.ts';
import type { QuoteRow } from '#billing/entities/quote.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';

export interface TransferInput extends TransferRequest {
  readonly quoteId?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly idempotencyKey: string;
}

type Content = Omit<TransferInput, 'idempotencyKey'>;

const longestDescription = 500;

/** Moves money from one of the viewer's accounts to any account. The same commit records the message to the receiver. */
export async function transfer({ identity, rates, moveMoney, findParties }: BillingContext, input: TransferInput) {
  const { idempotencyKey: key, ...request } = input;
  const viewer = viewerOf(identity);
  const tooLong = refusedLongNames(request) ?? refusedLongQuoteId(request.quoteId ?? '');
  if (tooLong !== null) return tooLong;
  if (!hasCharacters(request.description ?? '', 0, longestDescription)) {
    throw fault('BAD_USER_INPUT', `"description" must have at most ${longestDescription} characters.`);
  }
  return await moveMoney({
    request: { customerId: viewer.id, mutation: 'transfer', key, input: request },
    accountNames: [request.fromAccountId, request.toAccountId],
    quoteId: request.quoteId,
    decide: (accounts, quote) => {
      const parties = findParties(accounts, viewer.id, request);
      return isRefusal(parties) ? parties : decide(parties, quote, request, rates);
    },
    effectOf: (made) => (made.toCustomerId === viewer.id ? null : transferSent(made, viewer)),
  });
}

function decide(parties: TransferParties, quote: QuoteRow | undefined, request: Content, rates: Rates) {
  const { from, to, amountMinor } = parties;
  const terms = request.quoteId == null ? transferTerms(from, to, amountMinor, rates) : quotedTerms(quote, parties);
  if (isRefusal(terms)) return terms;
  return (
    checkCover(from, terms.amountMinor + terms.feeMinor) ??
    checkRoom(to, terms.receivedMinor) ??
    transferBetween(randomUUIDv7(), from, to, terms, request.description ?? null)
  );
}

/** The data that notification needs for its message to the receiver. */
function transferSent(made: TransactionRow, sender: Viewer): OutboxEntry {
  return {
    kind: 'transfer-sent',
    payload: {
      transactionId: made.id,
      customerId: made.toCustomerId,
      senderId: sender.id,
      senderName: sender.name,
      receivedMinor: made.receivedMinor!.toString(),
      currency: made.receivedCurrency,
      description: made.description,
    },
  };
}
