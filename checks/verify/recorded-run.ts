import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { isScheduledRunDue, type VerificationTimes } from '#billing/domain/verification.ts';
import { StartFault } from '#local/start-fault.ts';
import { columnName } from '#platform/postgres/batch-rows.ts';
import { queryRow, queryRows } from '#platform/postgres/query-rows.ts';
import { errorText } from '#platform/telemetry/log.ts';
import type { Finding } from './finding.ts';

/**
 * A run of which staff see the result (docs/verify.md). The role that reads the databases writes it, in billing's
 * database: its rows are beside the ledger and the audit entry of the operator who requested the run.
 */
export interface RecordedRun {
  readonly found: (finding: Finding) => void;
  /** Writes the number of findings. Returns false, and writes nothing, if the run has expired: another may have begun. */
  readonly end: () => Promise<boolean>;
  /** Writes why the run has no result, unless it has expired. */
  readonly fail: (reason: string) => Promise<void>;
}

/** A runner that does not move the time forward for so long counts as dead. */
const expiresAfter = "interval '60 seconds'";
const beatMs = 15_000;
/** The result names so many wrong rows, each once. */
const firstRows = 50;

/**
 * Begins the run that an operator requested, or one by schedule. Ends expired runs before.
 *
 * @param everyS a run by schedule begins if none of this time has a result; null for requested runs only.
 * @returns null if no run is due, or one is running.
 * @throws StartFault if the database refuses.
 */
export async function beginRun(billingUrl: string, everyS: number | null): Promise<RecordedRun | null> {
  const id = await writing(billingUrl, async (client) => {
    await client.query(`update verifications set ended_at = now() where ended_at is null and expires_at <= now()`);
    const [requested] = await queryRows(
      client,
      begunRun,
      `update verifications set started_at = now(), expires_at = now() + ${expiresAfter}
       where ended_at is null and started_at is null returning id`,
    );
    if (requested !== undefined || everyS === null) return requested?.id ?? null;
    return await beginScheduled(client, everyS);
  });
  return id === null ? null : keepRun(billingUrl, id);
}

const begunRun = z.object({ id: z.string() });
const newestRuns = z.object({ now: z.date(), resultBeganAt: z.date().nullable(), failedAt: z.date().nullable() });

/** The values of a run that a schedule begins. */
const scheduledRun = { id: '$1', startedAt: 'now()', expiresAt: `now() + ${expiresAfter}` } satisfies Partial<
  Record<'id' | keyof VerificationTimes, string>
>;

async function beginScheduled(client: pg.Client, everyS: number): Promise<string | null> {
  const newest = await queryRow(
    client,
    newestRuns,
    `select now() as now, max(started_at) filter (where findings is not null) as "resultBeganAt",
       max(least(ended_at, expires_at)) filter (where findings is null) as "failedAt"
     from verifications`,
  );
  if (!isScheduledRunDue(newest, everyS)) return null;
  const columns = Object.keys(scheduledRun).map(columnName).join(', ');
  const [begun] = await queryRows(
    client,
    begunRun,
    `insert into verifications (${columns}) values (${Object.values(scheduledRun).join(', ')})
     on conflict do nothing returning id`,
    [randomUUIDv7()],
  );
  return begun?.id ?? null;
}

function keepRun(billingUrl: string, id: string): RecordedRun {
  let count = 0;
  const rows = new Set<string>();
  const beat = setInterval(() => void move().catch(() => undefined), beatMs).unref();
  const change = async (set: string, values: readonly unknown[]): Promise<boolean> =>
    await writing(billingUrl, async (client) => {
      const statement = `update verifications set ${set} where id = $1 and ended_at is null and expires_at > now()`;
      return (await client.query(statement, [id, ...values])).rowCount === 1;
    });
  // A fault is repeated by the next beat. If none succeeds, the run expires, as it should.
  const move = async () => await change(`expires_at = now() + ${expiresAfter}`, []);
  return {
    found: ({ table, id: key }) => {
      count += 1;
      if (rows.size < firstRows) rows.add(`${table} ${key}`.slice(0, 200));
    },
    end: async () => {
      clearInterval(beat);
      return await change('ended_at = now(), findings = $2, first_rows = $3', [count, JSON.stringify([...rows])]);
    },
    fail: async (reason) => {
      clearInterval(beat);
      await change('ended_at = now(), failure = $2', [reason.slice(0, 1_000) || 'unknown']);
    },
  };
}

/** Works in one transaction that may write: the role's transactions only read by default. */
async function writing<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'verify',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
  });
  // A lost connection fails the current statement, which reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin read write');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (cause) {
    const { host } = new URL(url);
    throw new StartFault(`The run cannot be recorded in the billing database at ${host}: ${errorText(cause)}.`, {
      cause,
    });
  } finally {
    await client.end();
  }
}
