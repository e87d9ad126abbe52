import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '#platform/process/fault-points.ts';
import { audit } from './audit.ts';
import type { SupervisedProcess } from './processes.ts';
import { type Outcome, type Row, verdict } from './row.ts';
import type { Stage } from './stage.ts';
import { waitFor } from './wait.ts';

/** A point at which a process is killed. */
interface Target {
  readonly victim: 'user' | 'billing' | 'order' | 'relay' | 'workers';
  readonly point: FaultPoint;
  /** Text that the point's subject must contain, such as a statement or a queue. */
  readonly about: string;
}

/** What clients do while processes are killed, and the check of its effects. */
export interface Flow {
  /** The settings with which `begin` has restarted every process; not given: the usual ones. */
  readonly settings?: NodeJS.ProcessEnv;
  /** One action of a client, repeated until it is acknowledged. Several clients act concurrently. */
  readonly act: () => Promise<void>;
  /** A description of what was done, and the number of faults by kind. */
  readonly outcome: () => Promise<{ readonly done: string; readonly faults: Readonly<Record<string, number>> }>;
  /** Ends what `begin` has started. */
  readonly end?: () => Promise<void>;
}

export interface CrashRow {
  readonly name: string;
  /** The flow whose steps the kills interrupt, such as `a refund`. */
  readonly flow: string;
  readonly targets: readonly Target[];
  readonly begin: (stage: Stage) => Promise<Flow>;
}

const clients = 2;
const pauseMs = 100;
const healsWithinS = 60;
const killWithinMs = 20_000;

/** A row that kills processes at each of these points, then checks that all effects are complete and not duplicated. */
export function crashRow({ name, flow: flowName, targets, begin }: CrashRow): Row {
  return {
    name,
    promise: 'A crash anywhere heals',
    how: ({ kills }) => `SIGKILL ${kills} times at each of ${targets.length} points of the flow: ${flowName}`,
    run: async (stage) => {
      const flow = await begin(stage);
      try {
        return await killAtEach(stage, flow, targets);
      } finally {
        await flow.end?.();
      }
    },
  };
}

async function killAtEach(stage: Stage, flow: Flow, targets: readonly Target[]): Promise<Outcome> {
  let killed = 0;
  for (const target of targets) {
    stage.log(`killing ${target.victim}: ${target.point}, ${target.about}`);
    killed += await killAt(stage, flow, target);
  }
  await clearFaults(stage, flow);
  const { findings, settledInS } = await audit(stage);
  const { done, faults } = await flow.outcome();
  return verdict(
    { findings: findings.length, ...faults },
    [`${killed} kills`, done, `settled after ${settledInS.toFixed(0)} s`],
    settledInS <= healsWithinS && killed >= targets.length * stage.kills,
  );
}

/** The points before and after the commit of a transaction that contains this statement. */
export function commits(victim: Target['victim'], statement: string): Target[] {
  return [
    { victim, point: 'before commit', about: statement },
    { victim, point: 'after commit', about: statement },
  ];
}

/** The points before and after the relay enqueues a job in this queue. */
export function dispatches(queue: string): Target[] {
  return [
    { victim: 'relay', point: 'relay: before enqueue', about: inQueue(queue) },
    { victim: 'relay', point: 'relay: after enqueue', about: inQueue(queue) },
  ];
}

/** The points before and after a worker of this queue processes a job, enqueues the next and acknowledges. */
export function jobs(queue: string): Target[] {
  const points = ['job: before work', 'job: after work', 'job: after enqueue', 'job: after acknowledgement'] as const;
  return points.map((point) => ({ victim: 'workers', point, about: inQueue(queue) }));
}

const inQueue = (queue: string) => `"queue":"${queue}"`;

/** Lets clients act while each process that reaches the point is killed there. @returns the number of kills. */
async function killAt(stage: Stage, flow: Flow, { victim, point, about }: Target): Promise<number> {
  const victims: readonly SupervisedProcess[] = victim === 'workers' ? stage.workers : [stage.parts[victim]];
  const fault = { point, about: [about] };
  const kills = () => victims.reduce((sum, one) => sum + one.exitsWithFault(fault), 0);
  const before = kills();
  for (const one of victims) planKill(one, fault);
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
    for (const one of victims) one.planFault(null);
  }
  await Promise.all(acting);
  return kills() - before;
}

function planKill(process: SupervisedProcess, fault: { readonly point: FaultPoint; readonly about: string[] }): void {
  process.planFault(fault);
  // A process that already has a planned fault is killed by that fault, and takes this one at its next start.
  if (!process.hasFault) process.signal('SIGKILL');
}

/** Restarts the processes for which a fault is still planned. */
async function clearFaults({ parts }: Stage, { settings }: Flow): Promise<void> {
  for (const part of Object.values(parts)) if (part.hasFault) await part.restart(settings);
}
