import { audit, fatesOf } from '../audit.ts';
import { newLoad, placeOrder } from '../load.ts';
import { type Proxy, startProxy } from '../../../test/proxy.ts';
import { type Row, verdict } from '../row.ts';
import { graphql } from '../../../test/graphql.ts';
import type { Customer } from '../../../test/customer.ts';
import type { Stage } from '../stage.ts';

const times = 20;
const longestMs = 3_000;

export const tornAnswers: Row = {
  name: 'torn-answers',
  promise: 'An answer that breaks off costs its own fields only, and one order is placed once',
  how: () =>
    `between router and order: each answer reset in its middle, for ${times} queries of all four subgraphs and under ${times} orders; then a black hole`,
  run: async (stage) => {
    const load = await newLoad(stage, 2, '100.00');
    const [customer] = load.customers;
    const proxy = await startProxy(Number(new URL(stage.parts.order.origin).port));
    const { router } = stage.parts;
    try {
      await router.restart({ ORDER_URL: `http://127.0.0.1:${proxy.port}/graphql` });
      proxy.tear(true);
      let contained = 0;
      for (let time = 0; time < times; time += 1)
        if (await isContained(stage, customer!, 'SUBGRAPH_UNAVAILABLE')) contained += 1;
      proxy.openHole();
      for (let time = 0; time < 3; time += 1)
        if (await isContained(stage, customer!, 'SUBGRAPH_TIMEOUT')) contained += 1;
      proxy.fillHole();
      const torn = await orderThroughTears(stage, load, proxy);
      const { findings } = await audit(stage);
      const fates = await fatesOf(
        stage,
        load.customers.map(({ id }) => id),
        load.acknowledged,
      );
      return verdict(
        { findings: findings.length, ...fates },
        [
          `${contained} of ${times + 3} queries lost orders only, within ${longestMs / 1_000} s`,
          `${load.acknowledged.size} orders placed, ${torn} answers torn`,
        ],
        contained === times + 3 && torn >= times,
      );
    } finally {
      await router.restart();
      await proxy.stop();
    }
  },
};

/** Tears answers until each order has lost one at least. */
async function orderThroughTears(stage: Stage, load: Parameters<typeof placeOrder>[0], proxy: Proxy): Promise<number> {
  const before = proxy.torn();
  for (let order = 0; order < times; order += 1) {
    proxy.tear(true);
    const tornBefore = proxy.torn();
    const placed = placeOrder(load, stage.random.pick(load.customers), '0.50');
    while (proxy.torn() === tornBefore) await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.tear(false);
    await placed;
  }
  return proxy.torn() - before;
}

/** Whether everything else is answered, in time, and orders say why they are not. */
async function isContained(stage: Stage, { token, email }: Customer, code: string): Promise<boolean> {
  const beganMs = performance.now();
  const { data, errors = [] } = await graphql<{ viewer: Record<string, unknown> }>(stage.url, {
    query:
      '{ viewer { email accounts { id } orders(first: 1) { totalCount } notifications(first: 1) { totalCount } } }',
    token,
  });
  const rest = data?.viewer;
  return (
    performance.now() - beganMs < longestMs &&
    rest?.['email'] === email &&
    Array.isArray(rest['accounts']) &&
    rest['notifications'] !== null &&
    rest['orders'] === null &&
    errors.length > 0 &&
    errors.every(({ path, extensions }) => extensions?.code === code && path?.join('.') === 'viewer.orders')
  );
}
