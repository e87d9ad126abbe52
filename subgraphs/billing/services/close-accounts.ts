import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { fault } from '#platform/errors/faults.ts';
import { refusedUnconfirmed } from '#platform/identity/confirmation.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { type DeferredEntry, makeDue, takeBack } from '#subgraphs/outbox.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import type { LockedAccount } from '#billing/domain/ledger.ts';
import type { AccountRow } from '#billing/entities/account.ts';
import { accountsOf } from './find-accounts.ts';
import { pendingPayments } from './start-deposit.ts';
import { lockAccounts, readAccounts } from './lock-accounts.ts';
import { forgetSentAmount } from './sent-amounts.ts';
import { withdrawAllConsents } from './shop-consents.ts';

interface ClosingBegun extends DeferredEntry {
  readonly payload: { readonly closingId: string; readonly customerId: string };
}

type ClosingRefusal = Refusal<'ACCOUNT_NOT_EMPTY' | 'ACCOUNT_FROZEN' | 'PAYMENTS_UNDER_WAY'>;

/** Most payments in progress end within milliseconds. */
const patienceMs = 1_000;
const pauseMs = 100;

/** The seal of an unfinished closing is lifted after this time. It is longer than a closing takes. */
const sealLiftedAfterS = 30;

/**
 * Closes all of the viewer's accounts, or none where one of them is frozen or holds money, or a payment of the viewer is
 * in progress.
 * Closed accounts stay closed. docs/decisions.md ("Closing accounts") lists the steps and what a crash at each leads to.
 *
 * @throws SERVICE_UNAVAILABLE where the order subgraph does not answer, or the closing takes too long.
 */
export async function closeAccounts(
  context: BillingContext,
  { confirmation }: { readonly confirmation?: string | null | undefined } = {},
): Promise<AccountRow[] | ClosingRefusal | Refusal<'CONFIRMATION_REQUIRED'>> {
  if (!(await context.isConfirmed(confirmation))) return refusedUnconfirmed();
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const outcome = await tryToClose(context);
    const mayChange = isRefusal(outcome) && outcome.refused === 'PAYMENTS_UNDER_WAY';
    if (!mayChange || performance.now() > endMs) return outcome;
    await delay(pauseMs);
  }
}

async function tryToClose(context: BillingContext): Promise<AccountRow[] | ClosingRefusal> {
  const { em, identity, outbox } = context;
  const viewer = viewerOf(identity);
  const ids = (await accountsOf(em, viewer.id)).map(({ id }) => id);
  // Most refusals happen here, before anything is sealed.
  const refused = await refusedClosing(em, viewer.id, await readAccounts(em, ids));
  if (refused !== null) return refused;

  const closing = closingBegun(viewer.id);
  await outbox.note(em, [closing]);
  const unsealed = await sealOrders(context, closing);
  if (unsealed !== null) return unsealed;
  const outcome = await em.transactional((transaction) => finish(transaction, viewer.id, ids, closing));
  if (isRefusal(outcome)) outbox.wakeRelay();
  return outcome;
}

/** Requests the order subgraph to seal the customer's orders. Returns null where it did. */
async function sealOrders(
  { em, identity, sealOrders: seal, outbox, log }: BillingContext,
  closing: ClosingBegun,
): Promise<ClosingRefusal | null> {
  try {
    const refused = await seal(identity, closing.payload.closingId);
    if (refused !== null) await takeBack(em, closing);
    return refused;
  } catch (error) {
    log.error({ reason: errorText(error) }, 'seal of orders not confirmed by the order subgraph');
    await makeDue(em, closing);
    outbox.wakeRelay();
    throw fault('SERVICE_UNAVAILABLE', "Your accounts can't be closed right now. Try again shortly.");
  }
}

async function finish(
  em: Manager,
  customerId: string,
  ids: readonly string[],
  closing: ClosingBegun,
): Promise<AccountRow[] | ClosingRefusal> {
  // While these are locked, no transaction opens another account of the customer. One may have done so just before.
  await lockAccounts(em, ids);
  const { accounts } = await lockAccounts(em, { customerIds: [customerId] });
  const refused = await refusedClosing(em, customerId, accounts);
  if (refused !== null) {
    await makeDue(em, closing);
    return refused;
  }
  if (!(await takeBack(em, closing))) {
    throw fault('SERVICE_UNAVAILABLE', 'Closing your accounts took too long. Try again.');
  }
  await tables(em)
    .updateTable('accounts')
    .set({ status: 'CLOSED', closedAt: now() })
    .where('customerId', '=', customerId)
    .where('status', '=', 'OPEN')
    .execute();
  await forgetSentAmount(em, customerId);
  await withdrawAllConsents(em, customerId);
  return await accountsOf(em, customerId);
}

/**
 * The outbox row of a closing that has begun: when the row becomes due, the seal is lifted. The commit that closes the
 * accounts deletes the row, so only one of the two happens.
 */
function closingBegun(customerId: string): ClosingBegun {
  const closingId = randomUUIDv7();
  return { kind: 'closing-begun', payload: { closingId, customerId }, dueInS: sealLiftedAfterS };
}

const whetherUnderWay = z.object({ underWay: z.boolean() });

async function refusedClosing(
  em: Manager,
  customerId: string,
  accounts: readonly LockedAccount[],
): Promise<ClosingRefusal | null> {
  if (accounts.some(({ frozen }) => frozen)) {
    return refuse('ACCOUNT_FROZEN', 'An account is frozen. Write to us to have it released.');
  }
  if (accounts.some(({ balanceMinor }) => balanceMinor > 0n)) {
    return refuse('ACCOUNT_NOT_EMPTY', 'An account still has a balance: withdraw or transfer it first.');
  }
  if ((await pendingPayments(em, customerId)) > 0) {
    return refuse('PAYMENTS_UNDER_WAY', 'A deposit is not paid yet: pay it, or wait until it has expired.');
  }
  const statement = sql`
    select exists (
      select from outbox where kind = 'transfer-sent' and failed_at is null and (
        payload->>'customerId' = ${customerId} or exists (
          select from transactions
          where id = (payload->>'transactionId')::uuid and from_customer_id = ${customerId})
      )
    ) as "underWay"`;
  const { underWay } = await readRow(em, whetherUnderWay, statement);
  return underWay ? refuse('PAYMENTS_UNDER_WAY', 'A transfer is still being processed: try again in a moment.') : null;
}
