import { defineEntity, p } from '@mikro-orm/postgresql';
import type { RowOf } from '../postgres/database.ts';
import { rowHash, textDigest } from '../postgres/row-hash.ts';
import type { StaffActKind } from './acts.ts';

/** An entry of the audit log. The database fills the sequence number, the time and the hash. */
export const StaffAct = defineEntity({
  name: 'StaffAct',
  tableName: 'staff_acts',
  properties: {
    sequence: p.bigint('bigint').primary(),
    /** Null where an operator used the command on the machine. */
    actorId: p.uuid().nullable(),
    /** The email address of the staff member, or the system user of the command. */
    actor: p.text(),
    sessionId: p.uuid().nullable(),
    act: p.text().$type<StaffActKind>(),
    customerId: p.uuid().nullable(),
    /** What the act changed, as `<kind>:<id>`, such as `account:…`. */
    subject: p.text().nullable(),
    /** JSON objects of what the act changed. */
    valuesBefore: p.text().nullable(),
    valuesAfter: p.text().nullable(),
    reason: p.text(),
    /** The client's IP address, or its network. */
    caller: p.text(),
    createdAt: p.datetime(3),
    hash: p.blob().$type<Buffer>(),
  },
});

export type StaffActRow = RowOf<typeof StaffAct>;

/** The hash before the first entry of a log. */
export const firstActHash = Buffer.alloc(32);

/** The hash of an entry: it covers all its columns and the entry before it. The database computes the same. */
export function staffActHash(previousHash: Buffer, act: StaffActRow): Buffer {
  const { sequence, actorId, actor, sessionId, act: kind, customerId, subject, createdAt } = act;
  const who = [actorId, textDigest(actor), sessionId, textDigest(act.caller)];
  const values = [textDigest(subject), textDigest(act.valuesBefore), textDigest(act.valuesAfter)];
  return rowHash([previousHash, sequence, ...who, kind, customerId, ...values, createdAt, act.reason]);
}
