import { setTimeout as delay } from 'node:timers/promises';
import { newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import { graphql } from '../../../test/graphql.ts';

const maxLatencyMs = 3_000;
/** The client's own time-out. */
const timeoutMs = 6_000;

export const slowSubgraph: Row = {
  name: 'slow-subgraph',
  promise: 'A slow subgraph is contained',
  how: () => 'SIGSTOP of billing, then ten queries of all four subgraphs',
  run: async (stage) => {
    const [customer] = (await newLoad(stage, 1, '1.00')).customers;
    const request = { query: overview, token: customer!.token };
    const elapsedMs: number[] = [];
    let contained = 0;
    stage.parts.billing.signal('SIGSTOP');
    try {
      for (let time = 0; time < 10; time += 1) {
        const beganMs = performance.now();
        const { data, errors } = await Promise.race([
          graphql<Overview>(stage.url, request),
          delay(timeoutMs, { data: null, errors: [] }),
        ]);
        elapsedMs.push(performance.now() - beganMs);
        const codes = (errors ?? []).map(({ extensions, path }) => `${extensions?.code} at ${path?.join('.')}`);
        const rest = data?.viewer;
        if (
          rest?.email === customer!.email &&
          rest.orders !== null &&
          rest.notifications !== null &&
          rest.accounts === null
        ) {
          if (codes.length > 0 && codes.every((code) => code === 'SUBGRAPH_TIMEOUT at viewer.accounts')) contained += 1;
        }
      }
    } finally {
      stage.parts.billing.signal('SIGCONT');
    }
    const slowestMs = Math.max(...elapsedMs);
    return verdict(
      {},
      [`${contained} of 10 contained`, `slowest ${slowestMs.toFixed(0)} ms`],
      contained === 10 && slowestMs <= maxLatencyMs,
    );
  },
};

const overview = `{
  viewer { email accounts { id } orders(first: 1) { totalCount } notifications(first: 1) { totalCount } }
}`;

interface Overview {
  readonly viewer: {
    readonly email: string;
    readonly accounts: unknown;
    readonly orders: unknown;
    readonly notifications: unknown;
  };
}
