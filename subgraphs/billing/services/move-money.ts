import { inBatches } from '#platform/postgres/batches.ts';
import type { Manager } from '#platform/postgres/database.ts';
import {
  breaksKey,
  type Keyed,
  type KeyedRequest,
  type KeyRefusal,
  recallKeys,
  refusedKey,
  rememberKeys,
} from '#platform/postgres/idempotency.ts';
import { recordAct, type StaffActRecord } from '#platform/audit/record-act.ts';
import type { Outbox, OutboxEntry } from '#subgraphs/outbox.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import { currentTraceparent } from '#platform/telemetry/trace.ts';
import type { JournalBatch, LockedAccount, Movement } from '#billing/domain/ledger.ts';
import type { QuoteRow } from '#billing/entities/quote.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';
import { findMade, transactionRow } from './find-transactions.ts';
import { lockAccounts, type LockedAccounts } from './lock-accounts.ts';
import { openQuotes } from './open-quotes.ts';
import { lockSentAmounts, type SentAmounts, writeSentAmounts } from './sent-amounts.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** A movement of money that a customer, or an operator for a customer, requests. */
export interface MovementRequest<Code extends string> {
  readonly request: KeyedRequest;
  /** The ids or numbers of its accounts. */
  readonly accountNames: readonly string[];
  /** The quote with its terms. The movement uses the quote up; a refusal does not. */
  readonly quoteId?: string | null | undefined;
  /**
   * Decides what is posted. Takes the named accounts that exist, as they are under their locks, and the quote if it is
   * still open. It must not query the database: the locks of the whole batch are held meanwhile.
   *
   * @param sentMinor what the customer has sent without a confirmation; 0 without `countUnconfirmed`.
   */
  readonly decide: (
    accounts: readonly LockedAccount[],
    quote: QuoteRow | undefined,
    sentMinor: bigint,
  ) => Movement | Refusal<Code>;
  /** What the movement adds to what its customer sends without a confirmation, in cents of US dollars. */
  readonly countUnconfirmed?: ((made: TransactionRow) => bigint) | undefined;
  /** The outbox entry for other subgraphs; null if there is none. */
  readonly effectOf: (made: TransactionRow) => OutboxEntry | null;
  /** The entry of the audit log, where staff move the money. */
  readonly actOf?: (made: TransactionRow) => StaffActRecord;
}

/** Makes a movement at most once per idempotency key, as `once` does. */
export type MoveMoney = <Code extends string>(
  movement: MovementRequest<Code>,
) => Promise<Keyed<TransactionRow> | Refusal<Code> | KeyRefusal>;

/** The database writes one batch while the next is decided. */
const lanes = 2;
const maxInBatch = 200;

/**
 * Makes the movements that are requested at the same time in one transaction: many cost the database little more than
 * one, as with the settlement of orders. A movement by staff has a transaction of its own: its entry waits for the lock of
 * the audit log, and no customer's movement must wait with it or fail because of it.
 */
export function moneyMover(em: Manager, outbox: Outbox): MoveMoney {
  const run = async (batch: readonly TracedMovement[]) => await makeAll(em.fork(), batch, outbox);
  const makeForCustomer = inBatches({ lanes, most: maxInBatch, run });
  const makeForStaff = inBatches({ lanes: 1, most: 1, run });

  return async <Code extends string>(movement: MovementRequest<Code>) => {
    const badKey = refusedKey(movement.request.key);
    if (badKey !== null) return badKey;
    const make = movement.actOf === undefined ? makeForCustomer : makeForStaff;
    return (await make({ ...movement, traceparent: currentTraceparent() })) as Keyed<TransactionRow> | Refusal<Code>;
  };
}

interface TracedMovement extends MovementRequest<string> {
  readonly traceparent: string | null;
}

/** The transaction that was made, the id of the one that the key made before, or a refusal. */
type Outcome = TransactionRow | { readonly resultId: string } | Refusal<string>;

async function makeAll(
  em: Manager,
  batch: readonly TracedMovement[],
  outbox: Outbox,
): Promise<(Keyed<TransactionRow> | Refusal<string>)[]> {
  try {
    const { outcomes, effects } = await em.transactional((transaction) => decideInTurn(transaction, outbox, batch));
    if (effects > 0) outbox.wakeRelay();
    return await withMadeBefore(em, outcomes);
  } catch (error) {
    if (!breaksKey(error)) throw error;
    // Another process used a key for another input, which locks other accounts. The second attempt finds that key.
    return await makeAll(em, batch, outbox);
  }
}

/** Each movement sees the balances after the ones before it. Requests with one key and input share locks. */
async function decideInTurn(em: Manager, outbox: Outbox, batch: readonly TracedMovement[]) {
  const locked = await lockAccounts(
    em,
    batch.flatMap(({ accountNames }) => accountNames),
  );
  const keys = await recallKeys(
    em,
    batch.map(({ request }) => request),
  );
  const quotes = await openQuotes(
    em,
    batch.flatMap(({ quoteId }) => quoteId ?? []),
  );
  const sent = await lockSentAmounts(em, unconfirmedSenders(locked, batch));
  const made: MadeMovement[] = [];
  const outcomes: Outcome[] = [];
  for (const movement of batch) {
    const { request, countUnconfirmed } = movement;
    const outcome = keys.resultOf(request) ?? decideOne(locked, quotes, sent, movement);
    outcomes.push(outcome);
    if (!('id' in outcome)) continue;
    made.push({ movement, row: outcome });
    keys.use({ request, resultId: outcome.id });
    if (countUnconfirmed !== undefined) sent.add(request.customerId, countUnconfirmed(outcome));
  }
  await writeSentAmounts(em, sent);
  return { outcomes, effects: await write(em, outbox, locked.batch, made) };
}

/** Other customers send nothing: their movements are refused. */
function unconfirmedSenders({ accounts }: LockedAccounts, batch: readonly TracedMovement[]): string[] {
  const owners = new Set(accounts.filter(({ status }) => status === 'OPEN').map(({ customerId }) => customerId));
  return batch.flatMap(({ countUnconfirmed, request: { customerId } }) =>
    countUnconfirmed !== undefined && owners.has(customerId) ? customerId : [],
  );
}

interface MadeMovement {
  readonly movement: TracedMovement;
  readonly row: TransactionRow;
}

function decideOne(
  { accounts, batch }: LockedAccounts,
  quotes: Map<string, QuoteRow>,
  sent: SentAmounts,
  { accountNames, quoteId, decide, request }: TracedMovement,
): TransactionRow | Refusal<string> {
  const names = new Set(accountNames.map((name) => name.toLowerCase()));
  const named = accounts.filter(({ id, number }) => names.has(id) || names.has(number));
  const quote = quotes.get(quoteId?.toLowerCase() ?? '');
  const movement = decide(
    named.map(({ id }) => batch.account(id)),
    quote,
    sent.of(request.customerId),
  );
  if (isRefusal(movement)) return movement;
  if (quote !== undefined) quotes.delete(quote.id);
  return transactionRow(batch.post(movement));
}

/** Returns the number of outbox entries that were written. */
async function write(em: Manager, outbox: Outbox, batch: JournalBatch, made: readonly MadeMovement[]): Promise<number> {
  if (made.length === 0) return 0;
  await writeJournalBatch(
    em,
    batch,
    made.flatMap(({ movement: { quoteId } }) => quoteId ?? []),
  );
  await rememberKeys(
    em,
    made.map(({ movement: { request }, row }) => ({ request, resultId: row.id })),
  );
  const effects = made.flatMap(({ movement: { effectOf, traceparent }, row }) => {
    const effect = effectOf(row);
    return effect === null ? [] : [{ ...effect, traceparent }];
  });
  if (effects.length > 0) await outbox.note(em, effects);
  for (const { movement, row } of made) if (movement.actOf !== undefined) await recordAct(em, movement.actOf(row));
  return effects.length;
}

/** The outcomes. One statement reads the transactions that were made before, outside the locks. */
async function withMadeBefore(
  em: Manager,
  outcomes: readonly Outcome[],
): Promise<(Keyed<TransactionRow> | Refusal<string>)[]> {
  const before = await findMade(
    em,
    outcomes.flatMap((outcome) => ('resultId' in outcome ? outcome.resultId : [])),
  );
  return outcomes.map((outcome) =>
    'resultId' in outcome ? { ...before.get(outcome.resultId)!, repeated: true } : outcome,
  );
}
