import { sql } from 'kysely';
import { z } from 'zod';
import { type Connection, page, type PageRequest } from '../graphql/paging.ts';
import { maskedEmail } from '../identity/masking.ts';
import type { Manager } from '../postgres/database.ts';
import { readRows } from '../postgres/read-rows.ts';

/** A row of an outbox that a worker gave up on. Its payload, which can have customers' words, is not read. */
export interface DeadLetter {
  readonly id: string;
  /** The kind of row, which names the job. */
  readonly kind: string;
  /** The ids of what the row is about. */
  readonly key: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly failedAt: Date;
  /** Why it failed, with email addresses masked. */
  readonly failure: string;
}

export interface DeadLetterRequest extends PageRequest {
  readonly kind?: string | null | undefined;
}

/** A page of the dead letters of a subgraph, newest first. */
export async function listDeadLetters(em: Manager, request: DeadLetterRequest): Promise<Connection<DeadLetter>> {
  const kind = request.kind ?? null;
  return await page<DeadLetter, [string]>(request, {
    name: 'dead letters',
    position: z.tuple([z.string().regex(/^\d{1,18}$/)]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) => {
      const before = after === null ? null : after[0];
      const rows = await readRows(
        em,
        deadLetter,
        sql`
        select id::text, kind, key, attempts, created_at as "createdAt", failed_at as "failedAt", failure
        from outbox
        where failed_at is not null and (${kind}::text is null or kind = ${kind}) and (${before}::bigint is null or id < ${before})
        order by outbox.id desc limit ${limit}`,
      );
      return rows.map((row) => ({ ...row, failure: withMaskedEmails(row.failure) }));
    },
  });
}

const deadLetter = z.object({
  id: z.string(),
  kind: z.string(),
  key: z.string(),
  attempts: z.int(),
  createdAt: z.date(),
  failedAt: z.date(),
  failure: z.string(),
});

/**
 * Makes a dead letter due again: it goes through all its jobs, and each effect is idempotent. Returns what it was; null
 * if no dead letter has the id. Wake the relay after the commit.
 */
export async function replayDeadLetter(em: Manager, id: string): Promise<{ kind: string; key: string } | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [replayed] = await readRows(
    em,
    z.object({ kind: z.string(), key: z.string() }),
    sql`
    update outbox set failed_at = null, failure = null, attempts = 0, next_attempt_at = now()
    where id = ${id} and failed_at is not null returning kind, key`,
  );
  return replayed ?? null;
}

const address = /[^\s<>()[\]"'=:;,]+@[^\s<>()[\]"'=:;,]+/gu;

/** A mail server repeats the recipient in its reply. */
function withMaskedEmails(text: string): string {
  return text.replaceAll(address, (email) => maskedEmail(email.replace(/\.+$/, '')));
}
