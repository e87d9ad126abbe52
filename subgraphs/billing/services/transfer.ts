import { randomUUIDv7 } from 'node:crypto';
import { charactersOf } from '#platform/characters.ts';
import type { Manager } from '#platform/database.ts';
import { fault } from '#platform/faults.ts';
import { type Viewer, viewerOf } from '#platform/identity.ts';
import { isId } from '#platform/ids.ts';
import type { OutboxEntry } from '#platform/outbox.ts';
import { isRefusal, refuse, type Refusal } from '#platform/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import type { Rates } from '#billing/domain/exchange.ts';
import type { LockedAccount } from '#billing/domain/ledger.ts';
import { transfer as transferBetween, type TransferTerms } from '#billing/domain/movements.ts';
import { checkCover, checkRoom } from '#billing/domain/own-account.ts';
import { checkParties, type TransferParties, type TransferRequest } from '#billing/domain/transfer-parties.ts';
import { transferTerms } from '#billing/domain/transfer-terms.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';
import { takeQuote } from './quote-transfer.ts';

export interface TransferInput extends TransferRequest {
  readonly quoteId?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly idempotencyKey: string;
}

type Asked = Omit<TransferInput, 'idempotencyKey'>;

const longestDescription = 500;

/** Moves money from one of the viewer's accounts to any; notes in the same commit that a receiver must be told. */
export async function transfer({ identity, rates, moveMoney }: BillingContext, input: TransferInput) {
  const { idempotencyKey: key, ...asked } = input;
  const viewer = viewerOf(identity);
  if (charactersOf(asked.description ?? '') > longestDescription) {
    throw fault('BAD_USER_INPUT', `"description" may have ${longestDescription} characters at most.`);
  }
  return await moveMoney({
    request: { customerId: viewer.id, mutation: 'transfer', key, input: asked },
    accountNames: [asked.fromAccountId, asked.toAccountId],
    decide: async (accounts, em) => await decide(em, accounts, viewer, asked, rates),
    effectOf: (made) => (made.toCustomerId === viewer.id ? null : transferSent(made, viewer)),
  });
}

async function decide(em: Manager, accounts: readonly LockedAccount[], viewer: Viewer, asked: Asked, rates: Rates) {
  const parties = checkParties(accounts, viewer.id, asked);
  if (isRefusal(parties)) return parties;
  const terms = await agreedTerms(em, parties, asked.quoteId ?? null, rates);
  if (isRefusal(terms)) return terms;
  const { from, to } = parties;
  return (
    checkCover(from, terms.amountMinor + terms.feeMinor) ??
    checkRoom(to, terms.receivedMinor) ??
    transferBetween(randomUUIDv7(), from, to, terms, asked.description ?? null)
  );
}

/** What a quote promises, or what the rates say now. */
async function agreedTerms(
  em: Manager,
  { from, to, amountMinor }: TransferParties,
  quoteId: string | null,
  rates: Rates,
): Promise<TransferTerms | Refusal<'INVALID_AMOUNT' | 'QUOTE_EXPIRED'>> {
  if (quoteId === null) return transferTerms(from, to, amountMinor, rates);
  const promised = { customerId: from.customerId, fromAccountId: from.id, toAccountId: to.id, amountMinor };
  const quote = isId(quoteId) ? await takeQuote(em, quoteId, promised) : undefined;
  return (
    quote ??
    refuse('QUOTE_EXPIRED', 'The quote has expired, was used, or is for another transfer: ask for a new one.', [
      'input',
      'quoteId',
    ])
  );
}

/** What notification needs to know to tell the receiver. */
function transferSent(made: TransactionRow, sender: Viewer): OutboxEntry {
  return {
    kind: 'transfer-sent',
    key: made.id,
    payload: {
      transactionId: made.id,
      customerId: made.toCustomerId,
      senderName: sender.name,
      receivedMinor: made.receivedMinor!.toString(),
      currency: made.receivedCurrency,
      description: made.description,
    },
  };
}
