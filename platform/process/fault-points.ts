import { z } from 'zod';

/** The points where a test can inject a fault: before and after each commit, enqueue and acknowledgement. */
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
  /** The fault happens when the process reaches the point for the nth time. */
  nth: z.int().positive().default(1),
  /** `kill` and `stop` happen at the nth time only; `throw` also happens at each later time. */
  action: z.enum(['kill', 'stop', 'throw']).default('kill'),
  /** The subject must contain all of these texts. */
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

/** Undefined if the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let planned: PlannedFault | null = null;
let reached = 0;

/** Plans a fault of this process, for tests only. */
export function planFault(fault: PlannedFault | undefined): void {
  planned = fault ?? null;
  reached = 0;
}

/** Whether a fault is planned at one of these points. */
export function isPlannedAt(points: readonly FaultPoint[]): boolean {
  return planned !== null && points.includes(planned.point);
}

/**
 * Marks a fault point. It has no effect unless a fault is planned here.
 *
 * @param subject the data that the process works on, for faults that apply to some data only.
 */
export function reach(point: FaultPoint, subject: unknown = null): void {
  if (planned === null || planned.point !== point) return;
  const text = textOf(subject);
  if (!planned.about.every((part) => text.includes(part))) return;
  reached += 1;
  if (planned.action === 'throw' && reached >= planned.nth) throw new Error(`a fault was injected: ${point}`);
  if (reached === planned.nth) process.kill(process.pid, planned.action === 'stop' ? 'SIGSTOP' : 'SIGKILL');
}

function textOf(subject: unknown): string {
  if (typeof subject === 'string') return subject;
  return JSON.stringify(subject, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
