import { areaOf, type CallFrame } from './areas.ts';

/** The format of `node --cpu-prof`. Times are microseconds of the machine's monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** The time since the previous sample, or since the start. */
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

/** @returns the self time of each area in a period, in microseconds. */
export function selfTimes(profile: CpuProfile, { fromUs, toUs }: Period): Map<string, number> {
  const areas = areasOf(profile.nodes);
  const times = new Map<string, number>();
  let atUs = profile.startTime;
  for (const [index, node] of profile.samples.entries()) {
    const tookUs = profile.timeDeltas[index]!;
    atUs += tookUs;
    if (atUs < fromUs || atUs > toUs) continue;
    const area = areas.get(node)!;
    times.set(area, (times.get(area) ?? 0) + tookUs);
  }
  return times;
}

/** @returns the area of each node: its function's area, or that of the nearest caller with one. */
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
