import { setTimeout as delay } from 'node:timers/promises';
import { pause } from '#platform/process/pause.ts';
import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad, quantile } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

const maxMemoryGrowth = 1.25;
const maxLatencyGrowth = 1.5;
const minSpeedRatio = 0.6;
/** Multiplies `--orders`: this row needs a large backlog. */
const backlogFactor = 5;

export const backPressure: Row = {
  name: 'back-pressure',
  promise: 'A backlog does not slow new orders',
  how: ({ orders }) =>
    `all workers stopped, ${orders * backlogFactor} orders placed, workers started: memory and latency of the last third against the first, speed of the second half of the drain against the first`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    await audit(stage);
    for (const worker of stage.workers) await worker.stop();
    const placing = watchMemory(stage);
    await act(stage, load, {
      count: stage.orders * backlogFactor,
      clients: 8,
      transferEvery: 0,
      priceOf: () => '0.01',
    });
    const peaks = await placing.peaksMb();
    const jobs = await stage.queueServer.jobs('settle-orders');
    const third = Math.floor(load.latenciesMs.length / 3);
    const [early, late] = [load.latenciesMs.slice(0, third), load.latenciesMs.slice(-third)];

    await Promise.all(stage.workers.map(async (worker) => await worker.start()));
    const speed = await drain(stage);
    const { findings } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    const growth = Math.max(...peaks.map(({ first, last }) => last / first));
    return verdict(
      { findings: findings.length, ...orderFaults, faults: load.faults },
      [
        `memory at most ${Math.max(...peaks.map(({ last }) => last)).toFixed(0)} MB a process, grown at most ${growth.toFixed(2)} times`,
        `${jobs} jobs in the queue`,
        `placeOrder p50 ${quantile(early, 0.5).toFixed(0)} then ${quantile(late, 0.5).toFixed(0)} ms, p99 ${quantile(early, 0.99).toFixed(0)} then ${quantile(late, 0.99).toFixed(0)} ms`,
        `drained at ${speed.first.toFixed(0)} then ${speed.second.toFixed(0)} orders/s`,
      ],
      growth < maxMemoryGrowth &&
        quantile(late, 0.5) < quantile(early, 0.5) * maxLatencyGrowth &&
        speed.second > speed.first * minSpeedRatio,
    );
  },
};

const watchEveryMs = 500;

/** Samples the memory of every process until `peaksMb` is called, which returns the peaks of the first and last third. */
function watchMemory({ parts }: Stage) {
  const stopping = new AbortController();
  const watched = Object.values(parts).map((part) => ({ part, readings: [] as number[] }));
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      for (const { part, readings } of watched) {
        const memoryMb = part.memoryMb();
        if (memoryMb > 0) readings.push(memoryMb);
      }
      await pause(watchEveryMs, stopping.signal);
    }
  })();
  return {
    peaksMb: async () => {
      stopping.abort();
      await watching;
      return watched
        .filter(({ readings }) => readings.length > 0)
        .map(({ readings }) => ({
          first: Math.max(...readings.slice(0, Math.ceil(readings.length / 3))),
          last: Math.max(...readings.slice(-Math.ceil(readings.length / 3))),
        }));
    },
  };
}

const pollMs = 100;

/** Waits until no order is pending. @returns the orders settled per second in the first and in the second half. */
async function drain(stage: Stage): Promise<{ readonly first: number; readonly second: number }> {
  const waiting = await pending(stage);
  let [left, half, beganMs, halfMs] = [waiting, 0, performance.now(), 0];
  while (left > 0) {
    await delay(pollMs);
    const now = await pending(stage);
    // Measure from the first settled order: before it, the processes are still starting.
    if (left === waiting && now < waiting) beganMs = performance.now();
    left = now;
    if (halfMs === 0 && left <= waiting / 2) [half, halfMs] = [left, performance.now()];
  }
  const endedMs = performance.now();
  return {
    first: (waiting - half) / ((halfMs - beganMs + pollMs) / 1_000),
    second: half / ((endedMs - halfMs + pollMs) / 1_000),
  };
}

async function pending(stage: Stage): Promise<number> {
  const [count] = await stage.query<{ rows: number }>(
    'order',
    `select count(*)::int as rows from orders where status = 'PENDING'`,
  );
  return count!.rows;
}
