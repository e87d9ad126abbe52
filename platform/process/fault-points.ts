import { z } from 'zod';

/** The places at which a process can be made to fail: before and after each commit, hand-over and acknowledgement. */
export const faultPoints = [
  'before commit',
  'after commit',
  'relay: before enqueue',
  'relay: after enqueue',
  'job: before work',
  'job: after work',
  'job: after enqueue',
  'job: after acknowledgement',
] as const;

export type FaultPoint = (typeof faultPoints)[number];

const plannedFault = z.object({
  point: z.enum(faultPoints),
  /** At which time that the point is reached. */
  nth: z.int().positive().default(1),
  /** To be killed or stopped there once, or to throw from then on. */
  action: z.enum(['kill', 'stop', 'throw']).default('kill'),
  /** Only where what the point is reached with says all of this. */
  about: z.array(z.string()).default([]),
});

export type PlannedFault = z.infer<typeof plannedFault>;

/** A setting: `{"point":"relay: before enqueue","nth":3}`. */
export const faultSetting = z.string().transform((text, refinement): PlannedFault => {
  const { success, data } = plannedFault.safeParse(parsed(text));
  if (success) return data;
  refinement.addIssue(`must be JSON such as {"point":"relay: before enqueue","nth":3}`);
  return z.NEVER;
});

/** Undefined where the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let planned: PlannedFault | null = null;
let reached = 0;

/** Lets this process fail as a test asks for; never asked for in use. */
export function planFault(fault: PlannedFault | undefined): void {
  planned = fault ?? null;
  reached = 0;
}

/** Whether one of these points is where this process is to fail. */
export function isPlannedAt(points: readonly FaultPoint[]): boolean {
  return planned !== null && points.includes(planned.point);
}

/**
 * Says that the process is here, which is nothing unless a fault is planned for here.
 *
 * @param subject what is being worked on, for faults that are about some of it only.
 */
export function reach(point: FaultPoint, subject: unknown = null): void {
  if (planned === null || planned.point !== point) return;
  const text = textOf(subject);
  if (!planned.about.every((said) => text.includes(said))) return;
  reached += 1;
  if (planned.action === 'throw' && reached >= planned.nth) throw new Error(`a fault was asked for: ${point}`);
  if (reached === planned.nth) process.kill(process.pid, planned.action === 'stop' ? 'SIGSTOP' : 'SIGKILL');
}

function textOf(subject: unknown): string {
  if (typeof subject === 'string') return subject;
  return JSON.stringify(subject, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
