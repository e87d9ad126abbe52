import { setTimeout as delay } from 'node:timers/promises';
import { type FaultPoint, faultPoints } from '#platform/fault-points.ts';
import { audit, fatesOf } from '../audit.ts';
import { type Load, newLoad, placeOrder } from '../load.ts';
import type { KeptProcess } from '../processes.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { waitFor } from '../wait.ts';

/** The queues on the way of an order: each has its own acknowledgements to be killed before and after. */
const queues = ['settle-orders', 'record-outcomes', 'notify-of-orders', 'close-order-outbox'];

const healsWithinS = 60;
const killsWithinMs = 120_000;

export const crashPoints: Row = {
  name: 'crash-points',
  promise: 'A crash anywhere heals',
  how: ({ kills }) =>
    `SIGKILL ${kills} times at each of ${targets().length} points: before and after each commit, enqueue and acknowledgement, in API, relay and each worker`,
  run: async (stage) => {
    const load = await newLoad(stage, 4, '5000.00');
    let killed = 0;
    for (const target of targets()) {
      stage.say(`killing at "${target.point}" ${target.about.join()}`);
      killed += await killAt(stage, load, target);
    }
    await disarm(stage);
    const { findings, settledInS } = await audit(stage);
    const fates = await fatesOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    return verdict(
      { findings: findings.length, ...fates },
      [`${killed} kills`, `${load.acknowledged.size} orders`, `settled ${settledInS.toFixed(0)} s after`],
      settledInS <= healsWithinS && killed >= targets().length * stage.kills,
    );
  },
};

interface Target {
  readonly point: FaultPoint;
  readonly about: readonly string[];
}

function targets(): Target[] {
  return faultPoints.flatMap((point) =>
    point.startsWith('job: ')
      ? queues.map((queue) => ({ point, about: [`"queue":"${queue}"`] }))
      : [{ point, about: [] }],
  );
}

/** Places orders while the processes that reach the point are killed there, again and again. */
async function killAt(stage: Stage, load: Load, { point, about }: Target): Promise<number> {
  const victims = victimsOf(stage, point);
  const fault = { point, about: [...about] };
  const kills = () => victims.reduce((sum, victim) => sum + victim.endsUnder(fault), 0);
  for (const victim of victims) {
    victim.plan(fault);
    // Where another fault was planned, the next end is by that one.
    if (!victim.hasFault) victim.signal('SIGKILL');
  }
  const enough = new AbortController();
  const ordering = Array.from({ length: 2 }, async () => {
    while (!enough.signal.aborted) {
      await placeOrder(load, stage.random.pick(load.customers), '0.50');
      await delay(100);
    }
  });
  try {
    await waitFor(`${stage.kills} kills at ${point} ${about.join()}`, () => kills() >= stage.kills, killsWithinMs, 20);
  } finally {
    enough.abort();
    for (const victim of victims) victim.plan(null);
  }
  await Promise.all(ordering);
  return kills();
}

/** Ends the processes for which a fault is still planned. */
async function disarm({ parts }: Stage): Promise<void> {
  for (const part of Object.values(parts)) if (part.hasFault) await part.restart();
}

function victimsOf({ parts, workers }: Stage, point: FaultPoint): readonly KeptProcess[] {
  if (point.startsWith('place-order')) return [parts.order];
  return point.startsWith('relay') ? [parts.relay] : workers;
}
