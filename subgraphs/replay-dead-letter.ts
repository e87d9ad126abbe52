import type { Acting } from '#platform/audit/acting.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal, refuse, userErrors } from '#platform/errors/refusal.ts';
import * as letters from '#platform/messaging/dead-letters.ts';
import type { Outbox } from './outbox.ts';

/** Who replays, and how the relay is woken up after the commit. */
type Replaying = Acting & { readonly outbox: Pick<Outbox, 'wakeRelay'> };

export interface ReplayRequest {
  readonly id: string;
  readonly reason: string;
}

/**
 * Makes a dead letter of the subgraph due again, and returns the mutation's payload. The audit log has the act in the same
 * commit.
 */
export async function replayDeadLetter(context: Replaying, request: ReplayRequest) {
  const outcome = await replay(context, request);
  return isRefusal(outcome) ? { deadLetterId: null, userErrors: userErrors(outcome) } : { ...outcome, userErrors: [] };
}

async function replay({ em, actor, caller, outbox }: Replaying, { id, reason: given }: ReplayRequest) {
  const reason = reasonOf(given);
  if (isRefusal(reason)) return reason;
  const done = await em.transactional(async (transaction) => {
    const replayed = await letters.replayDeadLetter(transaction, id);
    if (replayed === null) return refuse('NOT_FOUND', 'No dead letter has this id.', ['input', 'id']);
    const before = { kind: replayed.kind, key: replayed.key };
    const subject = `dead-letter:${id}`;
    const act = { act: 'REPLAYED_DEAD_LETTER', customerId: null, subject, before } as const;
    await recordAct(transaction, { ...act, actor, reason, caller });
    return { deadLetterId: id };
  });
  if (!isRefusal(done)) outbox.wakeRelay();
  return done;
}
