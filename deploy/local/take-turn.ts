import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { z } from 'zod';
import { queryRow } from '#platform/postgres/query-rows.ts';

/** How a process waits for another process that prepares the same databases. */
export interface Turn {
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Called once if the process has to wait. */
  readonly waiting: () => void;
}

const tryAgainMs = 250;

/**
 * Takes a lock in the client's database and keeps it until the client disconnects. So processes provision a server or
 * migrate a database one after the other. The lock is polled, because a statement that waits for it cannot be aborted.
 */
export async function takeTurn(client: Client, what: 'provision' | 'migrate', turn?: Turn): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { taken } = await queryRow(
      client,
      z.object({ taken: z.boolean() }),
      'select pg_try_advisory_lock(hashtext($1)) as taken',
      [`wallet-and-orders: ${what}`],
    );
    if (taken) return;
    if (tries === 0) turn?.waiting();
    await delay(tryAgainMs, undefined, { signal: turn?.signal });
  }
}
