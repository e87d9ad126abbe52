import { audit } from '../audit.ts';
import { type Load, newLoad, placeOrder } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { waitFor } from '../wait.ts';

const noticedWithinMs = 30_000;
const stalledAfterS = 2;

export const deadWorkers: Row = {
  name: 'dead-workers',
  promise: 'A dead worker is noticed',
  how: () =>
    `all workers gone: the age of the oldest waiting job in /metrics of the relay; a worker that hangs for ${stalledAfterS} s: 503`,
  run: async (stage) => {
    const load = await newLoad(stage, 1, '100.00');
    await audit(stage);
    for (const worker of stage.workers) await worker.crash();
    await placeOrder(load, load.customers[0]!, '1.00');
    let ageS = 0;
    await waitFor(
      'the age of the oldest job to be shown',
      async () => (ageS = await oldestS(stage)) >= 3,
      noticedWithinMs,
    );
    const hung = await hangs(stage, load);
    for (const worker of stage.workers) await worker.restart();
    const { findings } = await audit(stage);
    return verdict(
      { findings: findings.length },
      [`oldest job ${ageS.toFixed(1)} s old in /metrics`, `readiness of a worker that hangs ${hung}`],
      hung === 503,
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

/** Keeps one worker from every account, with more jobs than it takes at a time; its readiness then. */
async function hangs(stage: Stage, load: Load): Promise<number> {
  const [worker] = stage.workers;
  await worker.start({ JOBS_STALLED_AFTER_S: String(stalledAfterS) });
  await audit(stage);
  const holding = stage.ask('billing', 'begin; lock table accounts in exclusive mode; select pg_sleep(15); commit');
  await waitFor('the accounts to be locked', async () => await isHeld(stage), noticedWithinMs);
  const jobs = await stage.queueServer.jobs('settle-orders');
  // Each in a job of its own, one after the other.
  for (let more = 1; more <= 4; more += 1) {
    await placeOrder(load, load.customers[0]!, '1.00');
    const isThere = async () => (await stage.queueServer.jobs('settle-orders')) >= jobs + more;
    await waitFor('the job of an order', isThere, noticedWithinMs);
  }
  let status = 0;
  await waitFor(
    'a worker that hangs to be noticed',
    async () => (status = await worker.readiness()) === 503,
    noticedWithinMs,
  );
  await holding;
  return status;
}

async function isHeld(stage: Stage): Promise<boolean> {
  const [locks] = await stage.ask<{ held: boolean }>(
    'billing',
    `select exists (
       select from pg_locks where relation = 'accounts'::regclass and mode = 'ExclusiveLock' and granted
     ) as held`,
  );
  return locks!.held;
}
