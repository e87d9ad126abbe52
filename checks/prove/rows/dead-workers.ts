import { audit } from '../audit.ts';
import { type Load, newLoad, placeOrder } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { waitFor } from '../wait.ts';

const detectedWithinMs = 30_000;
const stalledAfterS = 2;
const restartAfterS = 4;

export const deadWorkers: Row = {
  name: 'dead-workers',
  promise: 'A dead worker is detected',
  how: () =>
    `all workers killed: the relay reports the age of the oldest waiting job in /metrics; a worker that hangs: not ready after ${stalledAfterS} s, not live after ${restartAfterS} s`,
  run: async (stage) => {
    const load = await newLoad(stage, 1, '100.00');
    await audit(stage);
    for (const worker of stage.workers) await worker.crash();
    await placeOrder(load, load.customers[0]!, '1.00');
    let ageS = 0;
    await waitFor(
      'the age of the oldest job in /metrics',
      async () => (ageS = await oldestS(stage)) >= 3,
      detectedWithinMs,
    );
    const hung = await hangWorker(stage, load);
    for (const worker of stage.workers) await worker.restart();
    const { findings } = await audit(stage);
    return verdict(
      { findings: findings.length },
      [
        `oldest job ${ageS.toFixed(1)} s old in /metrics`,
        `a hung worker: readiness ${hung.readiness}, liveness ${hung.liveness}`,
      ],
      hung.readiness === 503 && hung.liveness === 503,
    );
  },
};

async function oldestS({ parts }: Stage): Promise<number> {
  const response = await fetch(`${parts.relay.management}/metrics`);
  const line = /^wallet_queue_oldest_waiting_seconds\{[^}]*queue="settle-orders"[^}]*\} (\S+)$/m.exec(
    await response.text(),
  );
  return Number(line?.[1] ?? 0);
}

/** Locks all accounts while a worker has more jobs than it runs concurrently. @returns the status of its probes. */
async function hangWorker(stage: Stage, load: Load): Promise<{ readiness: number; liveness: number }> {
  const [worker] = stage.workers;
  await worker.start({
    JOBS_STALLED_AFTER_S: String(stalledAfterS),
    JOBS_RESTART_AFTER_S: String(restartAfterS),
  });
  await audit(stage);
  const holding = stage.query('billing', 'begin; lock table accounts in exclusive mode; select pg_sleep(15); commit');
  await waitFor('the lock of the accounts', async () => await areAccountsLocked(stage), detectedWithinMs);
  const jobs = await stage.queueServer.jobs('settle-orders');
  // One order at a time, so that each becomes its own job.
  for (let more = 1; more <= 4; more += 1) {
    await placeOrder(load, load.customers[0]!, '1.00');
    const isEnqueued = async () => (await stage.queueServer.jobs('settle-orders')) >= jobs + more;
    await waitFor('the job of an order', isEnqueued, detectedWithinMs);
  }
  const probes = { readiness: 0, liveness: 0 };
  await waitFor(
    'the hung worker to be neither ready nor live',
    async () => {
      Object.assign(probes, { readiness: await worker.readiness(), liveness: await worker.liveness() });
      return probes.readiness === 503 && probes.liveness === 503;
    },
    detectedWithinMs,
  );
  await holding;
  return probes;
}

async function areAccountsLocked(stage: Stage): Promise<boolean> {
  const [locks] = await stage.query<{ locked: boolean }>(
    'billing',
    `select exists (
       select from pg_locks where relation = 'accounts'::regclass and mode = 'ExclusiveLock' and granted
     ) as locked`,
  );
  return locks!.locked;
}
