import { checkCorrection, type Correction } from './domain/correction.ts';
import { theCommand } from './domain/freeze.ts';
import type { Report } from './report.ts';
import { amount, boolean, bytes, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseCorrection = rowParser<Correction>('billing.corrections', {
  id: text,
  accountId: text,
  amountMinor: amount,
  reversesTransactionId: orNull(text),
  needsApproval: boolean,
  proposedBy: text,
  proposedAt: time,
  expiresAt: time,
  reason: text,
  reference: text,
  transactionId: orNull(text),
  hash: bytes,
  decidedBy: orNull(text),
  decidedAt: orNull(time),
  decisionReason: orNull(text),
  decisionHash: orNull(bytes),
  movedMinor: orNull(amount),
  movedReference: orNull(text),
  proposals: orNull(text),
  decisions: orNull(text),
});

interface Stray {
  readonly table: string;
  readonly id: string;
  readonly subject: string;
}

const parseStray = rowParser<Stray>('billing.corrections', { table: text, id: text, subject: text });

/** The acts on the correction, each with its actor. */
const actsOf = (...acts: readonly string[]) => `(
  select string_agg(act || ' by ' || coalesce(actor_id::text, '${theCommand}'), ', ' order by sequence) from staff_acts
  where act in (${acts.map((act) => `'${act}'`).join(', ')}) and subject = 'correction:' || corrections.id)`;

/** Checks every correction, and that no transaction and no act is of a correction that does not exist. */
export async function verifyCorrections(billing: Snapshot, report: Report): Promise<void> {
  const corrections = await billing.stream(
    parseCorrection,
    `
    select corrections.id, account_id as "accountId", corrections.amount_minor as "amountMinor",
      reverses_transaction_id as "reversesTransactionId", needs_approval as "needsApproval",
      proposed_by as "proposedBy", proposed_at as "proposedAt", expires_at as "expiresAt", corrections.reason,
      corrections.reference, transaction_id as "transactionId", coalesce(corrections.hash, '') as hash,
      decided_by as "decidedBy", decided_at as "decidedAt", decision_reason as "decisionReason",
      decision_hash as "decisionHash",
      case account_id when to_account_id then transactions.amount_minor
        when from_account_id then -transactions.amount_minor end as "movedMinor",
      transactions.reference as "movedReference",
      ${actsOf('PROPOSED_CORRECTION')} as proposals,
      ${actsOf('APPROVED_CORRECTION', 'DECLINED_CORRECTION')} as decisions
    from corrections left join transactions on transactions.id = transaction_id and transactions.kind = 'CORRECTION'`,
  );
  for (let correction = corrections.head; correction !== undefined; correction = corrections.head) {
    report.found(checkCorrection(correction));
    report.checked('billing.corrections');
    await corrections.advance();
  }
  await reportStrays(billing, report);
}

async function reportStrays(billing: Snapshot, report: Report): Promise<void> {
  const strays = await billing.stream(
    parseStray,
    `
    select 'billing.transactions' as table, id::text, reference as subject from transactions
    where kind = 'CORRECTION' and not exists (select from corrections where transaction_id = transactions.id)
    union all
    select 'billing.staff_acts', sequence::text, coalesce(subject, 'none') from staff_acts
    where act in ('PROPOSED_CORRECTION', 'APPROVED_CORRECTION', 'DECLINED_CORRECTION')
      and not exists (select from corrections where subject = 'correction:' || corrections.id)`,
  );
  for (let stray = strays.head; stray !== undefined; stray = strays.head) {
    const { table, id, subject } = stray;
    const correctionId = subject.replace(/^correction:/, '');
    const named = `the correction of ${table} ${id}`;
    report.found([{ table: 'billing.corrections', id: correctionId, expected: named, found: 'none' }]);
    await strays.advance();
  }
}
