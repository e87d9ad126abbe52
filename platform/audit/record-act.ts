import { z } from 'zod';
import { sql } from 'kysely';
import { refuse, type Refusal } from '../errors/refusal.ts';
import type { Caller } from '../http/callers.ts';
import type { Viewer } from '../identity/identity.ts';
import { insertRows } from '../postgres/batch-rows.ts';
import type { Manager } from '../postgres/database.ts';
import { bytes, columnsOfSchema, readRow, type RowSchema } from '../postgres/read-rows.ts';
import { hasCharacters } from '../validation/characters.ts';
import { type StaffActKind, staffActs } from './acts.ts';
import { StaffAct, type StaffActRow } from './staff-act.ts';

/** Who acts: a signed-in staff member, or a system user with the command on the machine. */
export type Actor = Pick<Viewer, 'id' | 'email' | 'sessionId'> | { readonly systemUser: string };

/** The values that an act changes, by name. */
export type ChangedValues = Readonly<Record<string, string | number | boolean | null>>;

export interface StaffActRecord {
  readonly actor: Actor;
  readonly act: StaffActKind;
  /** The customer whom the act concerns, if it concerns one. */
  readonly customerId: string | null;
  /** What the act changes, as `<kind>:<id>`. */
  readonly subject?: string | null;
  readonly before?: ChangedValues | null;
  readonly after?: ChangedValues | null;
  /** As `reasonOf` returned it. */
  readonly reason: string;
  readonly caller: Pick<Caller, 'sender'>;
}

const shortestReason = 5;
const longestReason = 500;

/** Returns a reason without spaces around it, or the refusal of a reason that is too short or too long. */
export function reasonOf(
  reason: string,
  field: readonly string[] = ['input', 'reason'],
): string | Refusal<'INVALID_REASON'> {
  const trimmed = reason.length > 3 * longestReason ? reason : reason.trim();
  if (hasCharacters(trimmed, shortestReason, longestReason)) return trimmed;
  return refuse('INVALID_REASON', `Enter a reason of ${shortestReason} to ${longestReason} characters.`, field);
}

/**
 * Adds an entry to the audit log, in the transaction of `em`, which must be the one that writes the act's effect. Acts of
 * other requests wait for the end of this transaction, so this is its last statement.
 */
export async function recordAct(em: Manager, record: StaffActRecord): Promise<StaffActRow> {
  if (!em.isInTransaction()) throw new Error('an act is recorded in the transaction of its effect');
  const { actor, act, customerId, subject = null, before = null, after = null, reason, caller } = record;
  const who = 'systemUser' in actor ? { id: null, email: actor.systemUser, sessionId: null } : actor;
  const row = {
    actorId: who.id,
    actor: who.email,
    sessionId: who.sessionId === '' ? null : who.sessionId,
    act,
    customerId,
    subject,
    valuesBefore: before === null ? null : JSON.stringify(before),
    valuesAfter: after === null ? null : JSON.stringify(after),
    reason,
    caller: caller.sender.slice(0, 100),
  };
  return await readRow(
    em,
    actRow,
    sql`${insertRows(em, StaffAct, [row], ['sequence', 'createdAt', 'hash'])} returning ${columnsOfSchema(actRow)}`,
  );
}

const actRow = z.object({
  sequence: z.bigint(),
  actorId: z.string().nullable(),
  actor: z.string(),
  sessionId: z.string().nullable(),
  act: z.enum(staffActs),
  customerId: z.string().nullable(),
  subject: z.string().nullable(),
  valuesBefore: z.string().nullable(),
  valuesAfter: z.string().nullable(),
  reason: z.string(),
  caller: z.string(),
  createdAt: z.date(),
  hash: bytes,
}) satisfies RowSchema<StaffActRow>;
