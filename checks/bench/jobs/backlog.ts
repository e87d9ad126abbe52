import type { Contender } from '../report.ts';

const smallest = 200;
const largest = 40_000;

/**
 * The rate at which a backlog is worked off, each sized after the one before so that it takes as long as was asked.
 *
 * @param workOff puts so many orders there, and says how many seconds it took from then until all were done.
 */
export function ofBacklogs(workOff: (count: number) => Promise<number>): Contender['rate'] {
  let perSecond = smallest;
  return async (seconds) => {
    const count = Math.min(largest, Math.max(smallest, Math.round(perSecond * seconds)));
    perSecond = count / (await workOff(count));
    return perSecond;
  };
}
