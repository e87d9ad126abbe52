import { randomUUIDv7 } from 'node:crypto';
import { hasCharacters } from '#platform/validation/characters.ts';
import { badArgument } from '#platform/errors/faults.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { OutboxEntry } from '#subgraphs/outbox.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import type { Rates } from '#billing/domain/exchange.ts';
import { transfer as transferBetween } from '#billing/domain/movements.ts';
import { checkCover, checkRoom } from '#billing/domain/own-account.ts';
import { countedMinor, refusedUnconfirmedTransfer } from '#billing/domain/transfer-confirmation.ts';
import { refusedLongNames, type TransferParties, type TransferRequest } from '#billing/domain/transfer-parties.ts';
import { quotedTerms, refusedLongQuoteId, transferTerms } from '#billing/domain/transfer-terms.ts';
import type { QuoteRow } from '#billing/entities/quote.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';

export interface TransferInput extends TransferRequest {
  readonly quoteId?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly confirmation?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** A repeated request needs no confirmation: it is not a part of what the idempotency key stands for. */
type Content = Omit<TransferInput, 'idempotencyKey' | 'confirmation'>;

const longestDescription = 500;

/**
 * Moves money from one of the viewer's accounts to any account. The same commit records the message to the receiver.
 * What the viewer sends to others without a confirmation is limited.
 */
export async function transfer(context: BillingContext, input: TransferInput) {
  const { identity, rates, confirmTransfersFromMinor, moveMoney, findParties } = context;
  const { idempotencyKey: key, confirmation, ...request } = input;
  const viewer = viewerOf(identity);
  const tooLong = refusedLongNames(request) ?? refusedLongQuoteId(request.quoteId ?? '');
  if (tooLong !== null) return tooLong;
  if (!hasCharacters(request.description ?? '', 0, longestDescription)) {
    throw badArgument(['input', 'description'], `"description" must have at most ${longestDescription} characters.`);
  }
  const limit = (await isUnlimited(context, confirmation)) ? null : { rates, fromMinor: confirmTransfersFromMinor };
  return await moveMoney({
    request: { customerId: viewer.id, mutation: 'transfer', key, input: request },
    accountNames: [request.fromAccountId, request.toAccountId],
    quoteId: request.quoteId,
    countUnconfirmed: limit === null ? undefined : (made) => countedMinor(made, rates),
    decide: (accounts, quote, sentMinor) => {
      const parties = findParties(accounts, viewer.id, request);
      if (isRefusal(parties)) return parties;
      const movement = decide(parties, quote, request, rates);
      if (isRefusal(movement) || limit === null) return movement;
      return refusedUnconfirmedTransfer(parties, sentMinor, limit) ?? movement;
    },
    effectOf: (made) => (made.toCustomerId === viewer.id ? null : transferSent(made, viewer)),
  });
}

async function isUnlimited(
  { confirmTransfersFromMinor, isConfirmed }: BillingContext,
  confirmation: TransferInput['confirmation'],
): Promise<boolean> {
  return confirmTransfersFromMinor === 0n || (await isConfirmed(confirmation));
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
