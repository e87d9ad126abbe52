import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '#platform/process/fault-points.ts';
import { audit } from './audit.ts';
import type { KeptProcess } from './processes.ts';
import { type Row, verdict } from './row.ts';
import type { Stage } from './stage.ts';
import { waitFor } from './wait.ts';

/** Where a process is killed. */
interface Target {
  readonly victim: 'user' | 'billing' | 'order' | 'relay' | 'workers';
  readonly point: FaultPoint;
  /** What the point has to be about. */
  readonly about: string;
}

/** What customers do while processes are killed on its way, and what must have come of it. */
export interface Flow {
  /** Done once, by one client among others, until it is acknowledged. */
  readonly act: () => Promise<void>;
  /** How much was done, and how much of what must not be there is. */
  readonly outcome: () => Promise<{ readonly done: string; readonly wrong: Readonly<Record<string, number>> }>;
}

export interface CrashRow {
  readonly name: string;
  /** What is on its way. */
  readonly of: string;
  readonly targets: readonly Target[];
  readonly begin: (stage: Stage) => Promise<Flow>;
}

const clients = 2;
const pauseMs = 100;
const healsWithinS = 60;
const killWithinMs = 20_000;

/** A row that kills at each of these points, and then looks whether everything is as if nobody had been killed. */
export function crashRow({ name, of, targets, begin }: CrashRow): Row {
  return {
    name,
    promise: 'A crash anywhere heals',
    how: ({ kills }) => `SIGKILL ${kills} times at each of ${targets.length} points on the way of ${of}`,
    run: async (stage) => {
      const flow = await begin(stage);
      let killed = 0;
      for (const target of targets) {
        stage.say(`killing ${target.victim}: ${target.point}, ${target.about}`);
        killed += await killAt(stage, flow, target);
      }
      await disarm(stage);
      const { findings, settledInS } = await audit(stage);
      const { done, wrong } = await flow.outcome();
      return verdict(
        { findings: findings.length, ...wrong },
        [`${killed} kills`, done, `settled ${settledInS.toFixed(0)} s after`],
        settledInS <= healsWithinS && killed >= targets.length * stage.kills,
      );
    },
  };
}

/** Before and after commits with this statement. */
export function commits(victim: Target['victim'], statement: string): Target[] {
  return [
    { victim, point: 'before commit', about: statement },
    { victim, point: 'after commit', about: statement },
  ];
}

/** Before and after the relay puts something into this queue. */
export function dispatches(queue: string): Target[] {
  return [
    { victim: 'relay', point: 'relay: before enqueue', about: inQueue(queue) },
    { victim: 'relay', point: 'relay: after enqueue', about: inQueue(queue) },
  ];
}

/** Before and after a worker of this queue works, hands on and acknowledges. */
export function jobs(queue: string): Target[] {
  const points = ['job: before work', 'job: after work', 'job: after enqueue', 'job: after acknowledgement'] as const;
  return points.map((point) => ({ victim: 'workers', point, about: inQueue(queue) }));
}

const inQueue = (queue: string) => `"queue":"${queue}"`;

/** Lets clients act while the processes that reach the point are killed there, again and again. */
async function killAt(stage: Stage, flow: Flow, { victim, point, about }: Target): Promise<number> {
  const victims: readonly KeptProcess[] = victim === 'workers' ? stage.workers : [stage.parts[victim]];
  const fault = { point, about: [about] };
  const kills = () => victims.reduce((sum, one) => sum + one.endsUnder(fault), 0);
  const before = kills();
  for (const one of victims) arm(one, fault);
  const enough = new AbortController();
  const acting = Array.from({ length: clients }, async () => {
    while (!enough.signal.aborted) {
      await flow.act();
      await delay(pauseMs);
    }
  });
  try {
    const wanted = `${stage.kills} kills of ${victim} at ${point}, ${about}`;
    await Promise.race([
      waitFor(wanted, () => kills() - before >= stage.kills, killWithinMs * (stage.kills + 1), 20),
      Promise.all(acting),
    ]);
  } finally {
    enough.abort();
    for (const one of victims) one.plan(null);
  }
  await Promise.all(acting);
  return kills() - before;
}

function arm(process: KeptProcess, fault: { readonly point: FaultPoint; readonly about: string[] }): void {
  process.plan(fault);
  // Where another fault was planned, the next end is by that one.
  if (!process.hasFault) process.signal('SIGKILL');
}

/** Ends the processes for which a fault is still planned. */
async function disarm({ parts }: Stage): Promise<void> {
  for (const part of Object.values(parts)) if (part.hasFault) await part.restart();
}
