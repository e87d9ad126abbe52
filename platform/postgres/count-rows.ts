import type { SelectQueryBuilder } from 'kysely';
import { z } from 'zod';

const counted = z.object({ total: z.bigint() });

/** Counts the rows that a query matches, for the `totalCount` of a list. */
export async function countRows<Database, Tables extends keyof Database>(
  matching: SelectQueryBuilder<Database, Tables, object>,
): Promise<number> {
  const found = await matching.select(({ fn }) => fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  return Number(counted.parse(found).total);
}
