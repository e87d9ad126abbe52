import { firstActHash, staffActHash, type StaffActRow } from '#platform/audit/staff-act.ts';
import { compare, type Finding } from './finding.ts';
import type { Report } from './report.ts';
import { amount, boolean, bytes, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

interface Head {
  readonly id: boolean;
  readonly sequence: bigint;
  readonly hash: Buffer;
  readonly changedAt: Date;
}

/** The end of the chain after some entries. After a wrong hash, the next entry may continue from two hashes. */
interface Chain {
  readonly sequence: bigint;
  readonly hashes: readonly Buffer[];
  readonly changedAt: Date | null;
}

/**
 * Recomputes the chain of an audit log from its first entry, and compares its end with the head. Reports missing entries
 * one by one, and of the others only those that changed.
 *
 * @param name the subgraph whose database has the log.
 */
export async function verifyStaffActs(name: string, snapshot: Snapshot, report: Report): Promise<void> {
  const table = `${name}.staff_acts`;
  const heads = await snapshot.list(headParser(table), `select ${headColumns} from staff_acts_head`, []);
  const rows = await snapshot.stream(actParser(table), `select ${columns} from staff_acts order by sequence`);
  let chain: Chain = { sequence: 0n, hashes: [firstActHash], changedAt: null };
  for (; rows.head !== undefined; await rows.advance()) {
    const act = rows.head;
    report.checked(table);
    report.found([...missing(table, chain.sequence, act.sequence - 1n), ...checkAct(table, chain, act)]);
    const expected = chain.hashes.map((hash) => staffActHash(hash, act));
    chain = { sequence: act.sequence, hashes: [act.hash, ...expected], changedAt: act.createdAt };
  }
  report.found(checkHead(table, chain, heads[0]));
}

function checkAct(table: string, { sequence, hashes }: Chain, act: StaffActRow): Finding[] {
  const expected = hashes.map((hash) => staffActHash(hash, act));
  const found = expected.find((hash) => hash.equals(act.hash)) ?? expected[0]!;
  const repeated = act.sequence <= sequence;
  return compare(table, String(act.sequence), {
    hash: [found, act.hash],
    ...(repeated ? { sequence: [sequence + 1n, act.sequence] as const } : {}),
  });
}

const mostMissing = 1_000n;

/** A finding for each of the missing entries, of which the first thousand are named. */
function missing(table: string, after: bigint, last: bigint): Finding[] {
  const count = last - after > mostMissing ? mostMissing : last - after;
  return Array.from({ length: count > 0n ? Number(count) : 0 }, (_, index) => ({
    table,
    id: String(after + BigInt(index) + 1n),
    expected: 'an entry',
    found: 'none',
  }));
}

function checkHead(table: string, { sequence, hashes, changedAt }: Chain, head: Head | undefined): Finding[] {
  const hash = hashes.find((one) => head !== undefined && one.equals(head.hash)) ?? hashes[0]!;
  const differences = compare(`${table}_head`, 'true', {
    id: ['true', head === undefined ? null : String(head.id)],
    sequence: [sequence, head?.sequence ?? null],
    hash: [hash, head?.hash ?? null],
    ...(changedAt === null ? {} : { changedAt: [changedAt, head?.changedAt ?? null] as const }),
  });
  return [...missing(table, sequence, head?.sequence ?? 0n), ...differences];
}

const headColumns = 'id, sequence, hash, changed_at as "changedAt"';

const headParser = (table: string) =>
  rowParser<Head>(`${table}_head`, { id: boolean, sequence: amount, hash: bytes, changedAt: time });

const columns = `sequence, actor_id as "actorId", actor, session_id as "sessionId", act, customer_id as "customerId",
  subject, values_before as "valuesBefore", values_after as "valuesAfter", reason, caller, created_at as "createdAt", hash`;

const actParser = (table: string) =>
  rowParser<StaffActRow>(table, {
    sequence: amount,
    actorId: orNull(text),
    actor: text,
    sessionId: orNull(text),
    act: text,
    customerId: orNull(text),
    subject: orNull(text),
    valuesBefore: orNull(text),
    valuesAfter: orNull(text),
    reason: text,
    caller: text,
    createdAt: time,
    hash: bytes,
  });
