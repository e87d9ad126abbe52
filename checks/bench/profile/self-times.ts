import { areaOf, type CallFrame } from './areas.ts';

/** What `node --cpu-prof` writes. Times are microseconds of the machine's monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** From the sample before, or the start. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

export interface Period {
  readonly fromUs: number;
  readonly toUs: number;
}

/** How long each area itself ran in a period, in microseconds. */
export function selfTimes(profile: CpuProfile, { fromUs, toUs }: Period): Map<string, number> {
  const areas = areasOf(profile.nodes);
  const times = new Map<string, number>();
  let atUs = profile.startTime;
  for (const [place, node] of profile.samples.entries()) {
    const tookUs = profile.timeDeltas[place]!;
    atUs += tookUs;
    if (atUs < fromUs || atUs > toUs) continue;
    const area = areas.get(node)!;
    times.set(area, (times.get(area) ?? 0) + tookUs);
  }
  return times;
}

/** Of each node: its function's, or that of the nearest caller who is in one. */
function areasOf(nodes: readonly ProfileNode[]): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const areas = new Map<number, string>();
  const called = new Set(nodes.flatMap(({ children = [] }) => children));
  const waiting = nodes.filter(({ id }) => !called.has(id)).map((node) => ({ node, caller: 'other' }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const area = areaOf(next.node.callFrame) ?? next.caller;
    areas.set(next.node.id, area);
    for (const id of next.node.children ?? []) waiting.push({ node: byId.get(id)!, caller: area });
  }
  return areas;
}
