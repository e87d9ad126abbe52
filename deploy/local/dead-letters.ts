import { sql } from 'kysely';
import { parseArgs } from 'node:util';
import type { Acting } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { reasonOf } from '#platform/audit/record-act.ts';
import { type DeadLetter, listDeadLetters } from '#platform/messaging/dead-letters.ts';
import { outboxChannel } from '#platform/messaging/outbox.ts';
import { type OutboxOwner, outboxOwners } from '#subgraphs/manifest.ts';
import { replayDeadLetter } from '#subgraphs/replay-dead-letter.ts';
import { asOperator, printable } from './as-operator.ts';
import { runCommand } from './command.ts';
import { StartFault } from './start-fault.ts';

const usage = `dead-letters [list | replay [${outboxOwners.join('|')} id] [--reason "why"]]`;

/**
 * `npm run dead-letters` lists the dead-lettered rows of the outboxes, each with its reason.
 * `npm run dead-letters -- replay [order 17]` makes all of them due again, or one. Each is an entry of the audit log, by
 * the system user of the command.
 */
await runCommand('dead-letters', async () => {
  const { positionals, values } = readArguments();
  const [action = 'list', owner, id, ...others] = positionals;
  if (others.length > 0) throw new StartFault(usage);
  if (action === 'list' && owner === undefined) await list();
  else if (action === 'replay') await replay(values.reason ?? 'npm run dead-letters -- replay', owner, id);
  else throw new StartFault(usage);
});

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { reason: { type: 'string' } } });
  } catch {
    throw new StartFault(usage);
  }
}

async function list(): Promise<void> {
  let count = 0;
  for (const owner of outboxOwners) {
    count += await asOperator('dead-letters', owner, async ({ em }) => {
      let listed = 0;
      for await (const { id, kind, key, failedAt, failure } of everyLetter(em)) {
        listed += 1;
        process.stdout.write(`${owner} ${id}  ${kind} ${key}  ${failedAt.toISOString()}  ${printable(failure)}\n`);
      }
      return listed;
    });
  }
  process.stdout.write(`Dead letters: ${count}.\n`);
}

/** All dead letters, newest first, read in pages. */
async function* everyLetter(em: Acting['em']): AsyncGenerator<DeadLetter> {
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Awaited<ReturnType<typeof listDeadLetters>> = await listDeadLetters(em, {
      first: 100,
      after,
    });
    yield* nodes;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

/** A replayed row goes through all its jobs again; each effect is idempotent. */
async function replay(given: string, only?: string, id?: string): Promise<void> {
  const chosen = outboxOwners.filter((owner) => only === undefined || owner === only);
  if (chosen.length === 0 || (only !== undefined && !/^\d+$/.test(id ?? ''))) throw new StartFault(usage);
  const reason = reasonOf(given);
  if (isRefusal(reason)) throw new StartFault(`--reason: ${reason.message}`);
  let count = 0;
  for (const owner of chosen) count += await replayIn(owner, reason, id);
  process.stdout.write(`Made due again: ${count}.\n`);
}

/** @returns how many rows are due again. */
async function replayIn(owner: OutboxOwner, reason: string, only: string | undefined): Promise<number> {
  return await asOperator('dead-letters', owner, async (acting) => {
    const ids = only === undefined ? (await Array.fromAsync(everyLetter(acting.em))).map(({ id }) => id) : [only];
    // The relay is woken up once, after the last row.
    const replaying = { ...acting, outbox: { wakeRelay: () => undefined } };
    let count = 0;
    for (const id of ids) {
      const { deadLetterId } = await replayDeadLetter(replaying, { id, reason });
      if (deadLetterId !== null) count += 1;
    }
    await sql`select pg_notify(${outboxChannel}, '')`.execute(acting.em.getKysely());
    return count;
  });
}
