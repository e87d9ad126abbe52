import { sql } from 'kysely';
import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { tables } from '#billing/database.ts';
import { isScheduledRunDue } from '#billing/domain/verification.ts';
import { Verification, type VerificationRow } from '#billing/entities/verification.ts';

/** A page of the runs of `verify`, newest first. */
export async function listVerifications(em: Manager, request: PageRequest): Promise<Connection<VerificationRow>> {
  return await page<VerificationRow, [string]>(request, {
    name: 'verifications',
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await tables(em)
        .selectFrom('verifications')
        .$if(after !== null, (query) => query.where('id', '<', after![0]))
        .select(columnsOf(Verification))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),
  });
}

/**
 * Whether a run has to begin: one is requested, or the schedule has one.
 *
 * @param everyS null for requested runs only.
 */
export async function isVerificationDue(em: Manager, everyS: number | null): Promise<boolean> {
  const statement = sql`
    select now() as now, coalesce(bool_or(ended_at is null and started_at is null), false) as "isRequested",
      max(started_at) filter (where findings is not null) as "resultBeganAt",
      max(least(ended_at, expires_at)) filter (where findings is null) as "failedAt"
    from verifications`;
  const { isRequested, ...newest } = await readRow(em, newestRuns, statement);
  return isRequested || (everyS !== null && isScheduledRunDue(newest, everyS));
}

const newestRuns = z.object({
  now: z.date(),
  isRequested: z.boolean(),
  resultBeganAt: z.date().nullable(),
  failedAt: z.date().nullable(),
});
