import { sql } from 'kysely';
import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { tables } from '#billing/database.ts';
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
 * Whether a run has to begin: one is requested, or the last one began longer ago than this.
 *
 * @param everyS null for requested runs only.
 */
export async function isVerificationDue(em: Manager, everyS: number | null): Promise<boolean> {
  const isScheduled =
    everyS === null
      ? sql`false`
      : sql`not exists (select from verifications where started_at > now() - make_interval(secs => ${everyS}))
          and not exists (select from verifications where ended_at is null and expires_at > now())`;
  const statement = sql`
    select exists (select from verifications where ended_at is null and started_at is null) or (${isScheduled}) as due`;
  return (await readRow(em, z.object({ due: z.boolean() }), statement)).due;
}
