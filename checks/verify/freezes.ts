import { checkFreeze, type Freeze, theCommand } from './domain/freeze.ts';
import { compare } from './finding.ts';
import type { Report } from './report.ts';
import { amount, boolean, bytes, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseFreeze = rowParser<Freeze>('billing.freezes', {
  id: text,
  customerId: text,
  accountId: orNull(text),
  frozenBy: orNull(text),
  frozenAt: time,
  reason: text,
  hash: bytes,
  liftedBy: orNull(text),
  liftedAt: orNull(time),
  liftReason: orNull(text),
  liftHash: orNull(bytes),
  ownerId: orNull(text),
  frozenActors: orNull(text),
  liftedActors: orNull(text),
});

interface DifferingAccount {
  readonly id: string;
  readonly frozen: boolean;
}

const parseAccount = rowParser<DifferingAccount>('billing.accounts', { id: text, frozen: boolean });

/** The staff who did this to the freeze and its customer, of which there should be one. An act of the command has no id. */
const actorsOf = (act: string) => `(
  select string_agg(coalesce(actor_id::text, '${theCommand}'), ', ' order by sequence) from staff_acts
  where act = '${act}' and subject = 'freeze:' || freezes.id and staff_acts.customer_id = freezes.customer_id)`;

/** Checks every freeze, and that exactly the open accounts with an open freeze are frozen. */
export async function verifyFreezes(billing: Snapshot, report: Report): Promise<void> {
  const freezes = await billing.stream(
    parseFreeze,
    `
    select freezes.id, freezes.customer_id as "customerId", account_id as "accountId", frozen_by as "frozenBy",
      frozen_at as "frozenAt", reason, coalesce(hash, '') as hash, lifted_by as "liftedBy", lifted_at as "liftedAt",
      lift_reason as "liftReason", lift_hash as "liftHash", accounts.customer_id as "ownerId",
      ${actorsOf('FROZE')} as "frozenActors", ${actorsOf('UNFROZE')} as "liftedActors"
    from freezes left join accounts on accounts.id = account_id`,
  );
  for (let freeze = freezes.head; freeze !== undefined; freeze = freezes.head) {
    report.found(checkFreeze(freeze));
    report.checked('billing.freezes');
    await freezes.advance();
  }
  await verifyFrozenAccounts(billing, report);
  await verifyActs(billing, report);
}

interface ActOfMissingFreeze {
  readonly sequence: bigint;
  readonly subject: string;
}

const parseAct = rowParser<ActOfMissingFreeze>('billing.staff_acts', { sequence: amount, subject: text });

async function verifyActs(billing: Snapshot, report: Report): Promise<void> {
  const acts = await billing.stream(
    parseAct,
    `
    select sequence, coalesce(subject, '') as subject from staff_acts
    where act in ('FROZE', 'UNFROZE') and not exists (select from freezes where subject = 'freeze:' || freezes.id)`,
  );
  for (let act = acts.head; act !== undefined; act = acts.head) {
    const { sequence, subject } = act;
    const id = subject.replace(/^freeze:/, '');
    report.found([{ table: 'billing.freezes', id, expected: `the freeze of act ${sequence}`, found: 'none' }]);
    await acts.advance();
  }
}

async function verifyFrozenAccounts(billing: Snapshot, report: Report): Promise<void> {
  const differing = await billing.stream(
    parseAccount,
    `
    select id, frozen from accounts
    where frozen <> (status = 'OPEN' and exists (
      select from freezes where lifted_at is null and freezes.customer_id = accounts.customer_id
        and (account_id is null or account_id = accounts.id)))`,
  );
  for (let account = differing.head; account !== undefined; account = differing.head) {
    const { id, frozen } = account;
    report.found(compare('billing.accounts', id, { frozen: [String(!frozen), String(frozen)] }));
    await differing.advance();
  }
}
