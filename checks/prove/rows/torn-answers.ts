import { audit, orderFaultsOf } from '../audit.ts';
import { newLoad, placeOrder } from '../load.ts';
import { type Proxy, startProxy } from '../../../test/proxy.ts';
import { type Row, verdict } from '../row.ts';
import { graphql } from '../../../test/graphql.ts';
import type { Customer } from '../../../test/customer.ts';
import type { Stage } from '../stage.ts';

const times = 20;
const maxLatencyMs = 3_000;

export const tornAnswers: Row = {
  name: 'torn-answers',
  promise: 'A truncated answer loses only its own fields, and each order is placed once',
  how: () =>
    `between router and order, each answer is reset halfway: during ${times} queries of all four subgraphs and ${times} orders; then a black hole`,
  run: async (stage) => {
    const load = await newLoad(stage, 2, '100.00');
    const [customer] = load.customers;
    const proxy = await startProxy(Number(new URL(stage.parts.order.origin).port));
    const { router } = stage.parts;
    try {
      await router.restart({ ORDER_URL: `http://127.0.0.1:${proxy.port}/graphql` });
      proxy.truncateAnswers(true);
      let contained = 0;
      for (let time = 0; time < times; time += 1)
        if (await isContained(stage, customer!, 'SUBGRAPH_UNAVAILABLE')) contained += 1;
      proxy.openBlackHole();
      for (let time = 0; time < 3; time += 1)
        if (await isContained(stage, customer!, 'SUBGRAPH_TIMEOUT')) contained += 1;
      proxy.closeBlackHole();
      const truncatedAnswers = await placeOrdersWhileTorn(stage, load, proxy);
      const { findings } = await audit(stage);
      const orderFaults = await orderFaultsOf(
        stage,
        load.customers.map(({ id }) => id),
        load.acknowledged,
      );
      return verdict(
        { findings: findings.length, ...orderFaults },
        [
          `${contained} of ${times + 3} queries lost orders only, within ${maxLatencyMs / 1_000} s`,
          `${load.acknowledged.size} orders placed, ${truncatedAnswers} answers truncated`,
        ],
        contained === times + 3 && truncatedAnswers >= times,
      );
    } finally {
      await router.restart();
      await proxy.stop();
    }
  },
};

/** Places orders; each loses at least one answer. @returns the number of truncated answers. */
async function placeOrdersWhileTorn(
  stage: Stage,
  load: Parameters<typeof placeOrder>[0],
  proxy: Proxy,
): Promise<number> {
  const before = proxy.truncatedAnswers();
  for (let order = 0; order < times; order += 1) {
    proxy.truncateAnswers(true);
    const truncatedBefore = proxy.truncatedAnswers();
    const placed = placeOrder(load, stage.random.pick(load.customers), '0.50');
    while (proxy.truncatedAnswers() === truncatedBefore) await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.truncateAnswers(false);
    await placed;
  }
  return proxy.truncatedAnswers() - before;
}

/** Whether all other fields are answered in time, and `orders` is null with an error of this code. */
async function isContained(stage: Stage, { token, email }: Customer, code: string): Promise<boolean> {
  const beganMs = performance.now();
  const { data, errors = [] } = await graphql<{ viewer: Record<string, unknown> }>(stage.url, {
    query:
      '{ viewer { email accounts { id } orders(first: 1) { totalCount } notifications(first: 1) { totalCount } } }',
    token,
  });
  const rest = data?.viewer;
  return (
    performance.now() - beganMs < maxLatencyMs &&
    rest?.['email'] === email &&
    Array.isArray(rest['accounts']) &&
    rest['notifications'] !== null &&
    rest['orders'] === null &&
    errors.length > 0 &&
    errors.every(({ path, extensions }) => extensions?.code === code && path?.join('.') === 'viewer.orders')
  );
}
