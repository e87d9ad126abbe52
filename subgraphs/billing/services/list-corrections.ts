import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { CorrectionState } from '#billing/domain/correction.ts';
import { type CorrectionView, readCorrections } from './corrections.ts';

export interface CorrectionListRequest extends PageRequest {
  readonly state?: CorrectionState | null | undefined;
}

/** A page of all customers' corrections, newest first. */
export async function listCorrections(
  em: Manager,
  { state, ...request }: CorrectionListRequest,
): Promise<Connection<CorrectionView>> {
  return await pageOfCorrections(em, request, 'corrections', state == null ? sql`true` : inState[state]);
}

/**
 * A page of the corrections that meet a condition, newest first.
 *
 * @param name of the list, for its cursors.
 */
export async function pageOfCorrections(
  em: Manager,
  request: PageRequest,
  name: string,
  condition: RawBuilder<unknown>,
): Promise<Connection<CorrectionView>> {
  return await page<CorrectionView, [string]>(request, {
    name,
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await readCorrections(
        em,
        sql`
          where ${condition}
            and ${after === null ? sql`true` : sql`corrections.id < ${after[0]}`}
          order by corrections.id desc limit ${limit}`,
      ),
  });
}

const undecided = sql`transaction_id is null and decided_at is null`;

/** The same as `correctionState` decides. */
const inState: Readonly<Record<CorrectionState, RawBuilder<unknown>>> = {
  PROPOSED: sql`${undecided} and expires_at > now()`,
  APPLIED: sql`transaction_id is not null`,
  DECLINED: sql`transaction_id is null and decided_at is not null`,
  EXPIRED: sql`${undecided} and expires_at <= now()`,
};
