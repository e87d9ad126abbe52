import { Client } from 'pg';
import { z } from 'zod';
import { queryRows } from '#platform/postgres/query-rows.ts';
import type { RowSchema } from '#platform/postgres/read-rows.ts';
import { type OutboxOwner, outboxOwners } from '#subgraphs/manifest.ts';
import { runCommand } from './command.ts';
import type { GivenUrls } from './credentials.ts';
import { findOwnDatabases } from './own-databases.ts';
import { StartFault } from './start-fault.ts';

type OutboxUrls = Readonly<Record<OutboxOwner, string>>;

const usage = `replay [${outboxOwners.join('|')} id]`;

const deadLetter = z.object({
  id: z.string(),
  kind: z.string(),
  key: z.string(),
  failedAt: z.date(),
  failure: z.string(),
});
const replayed = deadLetter.pick({ id: true });

/**
 * `npm run dead-letters` lists the dead-lettered rows of the outboxes, each with its reason.
 * `npm run dead-letters -- replay [order 17]` makes all of them due again, or one.
 */
await runCommand('dead-letters', async () => {
  const [action = 'list', owner, id] = process.argv.slice(2);
  const urls = outboxUrls(findOwnDatabases(process.env, 'dead-letters'));
  if (action === 'list') await list(urls);
  else if (action === 'replay') await replay(urls, owner, id);
  else throw new StartFault(`dead-letters [list | ${usage}]`);
});

async function list(urls: OutboxUrls): Promise<void> {
  let count = 0;
  for (const owner of outboxOwners) {
    const letters = await execute(
      urls[owner],
      deadLetter,
      `select id::text, kind, key, failed_at as "failedAt", failure from outbox where failed_at is not null order by id`,
    );
    count += letters.length;
    for (const { id, kind, key, failedAt, failure } of letters) {
      process.stdout.write(`${owner} ${id}  ${kind} ${key}  ${failedAt.toISOString()}  ${failure}\n`);
    }
  }
  process.stdout.write(`Dead letters: ${count}.\n`);
}

/** A replayed row goes through all its jobs again; each effect is idempotent. */
async function replay(urls: OutboxUrls, only?: string, id?: string): Promise<void> {
  const chosen = outboxOwners.filter((owner) => only === undefined || owner === only);
  if (chosen.length === 0 || (only !== undefined && !/^\d+$/.test(id ?? ''))) {
    throw new StartFault(`dead-letters ${usage}`);
  }
  let count = 0;
  for (const owner of chosen) {
    const rows = await execute(
      urls[owner],
      replayed,
      `update outbox set failed_at = null, failure = null, attempts = 0, next_attempt_at = now()
       where failed_at is not null and ($1::bigint is null or id = $1) returning id::text`,
      [id ?? null],
    );
    count += rows.length;
    await execute(urls[owner], z.object({}), `select pg_notify('outbox', '')`);
  }
  process.stdout.write(`Made due again: ${count}.\n`);
}

async function execute<Row>(url: string, schema: RowSchema<Row>, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'dead-letters',
  });
  try {
    await client.connect();
    return await queryRows(client, schema, sql, values);
  } finally {
    await client.end();
  }
}

/** The URLs of the worker roles. */
function outboxUrls(urls: GivenUrls): OutboxUrls {
  return Object.fromEntries(outboxOwners.map((owner) => [owner, urls[owner]!.worker!])) as OutboxUrls;
}
