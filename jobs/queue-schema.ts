import { runMigrations } from 'bullmq';
import type { Client } from 'pg';
import { z } from 'zod';
import { queryRow, queryRows } from '#platform/postgres/query-rows.ts';
import type { Rights } from '#platform/postgres/rights.ts';
import { queues } from './registry.ts';

/** Where BullMQ keeps the queues in the jobs database. */
export const queueSchema = 'bullmq';

/**
 * Brings the queues' schema to what BullMQ needs, as its owner. BullMQ would create the sequence of a queue's job ids
 * with the first job; it is created here, so that the jobs processes need no right to create anything.
 */
export async function migrateQueues(client: Client): Promise<void> {
  await runMigrations(client, queueSchema);
  for (const { name } of queues) {
    const { sequence } = await queryRow(
      client,
      z.object({ sequence: z.string() }),
      `select format('%I.%I', $1::text, ${queueSchema}.job_id_seq_name($2)) as sequence`,
      [queueSchema, name],
    );
    await client.query(`create sequence if not exists ${sequence}`);
  }
}

/** What the jobs processes may do in that schema: all that BullMQ does, and no DDL. */
export async function queueRights(client: Client): Promise<Rights> {
  const rows = await queryRows(
    client,
    z.object({ object: z.string(), privileges: z.string() }),
    `select case relkind when 'S' then 'sequence ' || relname else relname end as object,
       case when relkind = 'S' then 'usage' when relname = 'migration' then 'select'
         else 'select, insert, update, delete' end as privileges
     from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'S')`,
    [queueSchema],
  );
  return Object.fromEntries(rows.map(({ object, privileges }) => [object, privileges]));
}
