import type { Contender } from '../compare.ts';

const minOrders = 200;
const maxOrders = 40_000;

/**
 * Measures the rate at which backlogs are processed. The size of each backlog follows from the previous rate and the
 * wanted duration.
 *
 * @param processBacklog creates a backlog of `count` orders, and returns the seconds until all of them were processed.
 */
export function ofBacklogs(processBacklog: (count: number) => Promise<number>): Contender['rate'] {
  let perSecond = minOrders;
  return async (seconds) => {
    const count = Math.min(maxOrders, Math.max(minOrders, Math.round(perSecond * seconds)));
    perSecond = count / (await processBacklog(count));
    return perSecond;
  };
}
