import { setTimeout as delay } from 'node:timers/promises';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { startProxy } from '../../../test/proxy.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

/** How long the address accepts connections without a response before it leads to the promoted standby. */
const silentMs = 8_000;
const healsWithinS = 30;

export const failover: Row = {
  name: 'failover',
  promise: 'A failover of PostgreSQL heals by itself',
  how: ({ orders, queue }) =>
    `${orders} orders, while the primary of ${queue === 'postgres' ? 'all databases and of the jobs' : 'all databases'} is lost: ` +
    `its address is silent for ${silentMs / 1_000} s, then leads to the synchronous standby`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    await audit(stage);
    const standby = await stage.postgres.startStandby();
    const proxy = await startProxy(stage.ports.postgres);
    const parts = Object.values(stage.parts);
    const names = [...subgraphNames, ...(stage.queue === 'postgres' ? (['queue'] as const) : [])];
    try {
      await Promise.all(parts.map(async (part) => await part.restart(stage.reroute(names, proxy.port))));
      const exits = exitsOf(stage);
      const half = Math.ceil(stage.orders / 2);
      const healing = Promise.withResolvers<number>();
      // `run` awaits it after the acts.
      healing.promise.catch(() => undefined);
      const failOver = async () => {
        proxy.goSilent();
        stage.postgres.crash();
        await standby.promote();
        await delay(silentMs);
        proxy.forwardTo(standby.port);
        return await healedInS(stage, stage.queryAt(standby.url));
      };
      await act(stage, load, {
        count: stage.orders,
        clients: 8,
        transferEvery: 0,
        done: async (acts) => {
          if (acts === half) failOver().then(healing.resolve, healing.reject);
        },
      });
      const healed = await healing.promise;
      const restarted = exitsOf(stage) - exits;
      await standby.replacePrimary();
      proxy.reset();
      proxy.forwardTo(stage.ports.postgres);
      const { findings } = await audit(stage);
      const orderFaults = await orderFaultsOf(
        stage,
        load.customers.map(({ id }) => id),
        load.acknowledged,
      );
      return verdict(
        { findings: findings.length, ...orderFaults, 'processes ended': restarted },
        [
          `${load.acknowledged.size} orders acknowledged`,
          `${load.faults} requests repeated`,
          `every part worked again after ${healed.toFixed(0)} s`,
        ],
        healed <= healsWithinS,
      );
    } finally {
      await Promise.all(parts.map(async (part) => await part.restart()));
      await proxy.stop();
    }
  },
};

const exitsOf = ({ parts }: Stage) => Object.values(parts).reduce((sum, { exits }) => sum + exits, 0);

const patienceMs = 120_000;

/** The seconds from the move of the address until all parts are ready and the orders of before it are settled. */
async function healedInS(stage: Stage, query: Stage['query']): Promise<number> {
  const beganMs = performance.now();
  const elapsedMs = () => performance.now() - beganMs;
  const [{ moved }] = (await query<{ moved: Date }>('order', 'select now() as moved')) as [{ moved: Date }];
  while (elapsedMs() < patienceMs) {
    const unready = (
      await Promise.all(
        Object.values(stage.parts).map(async (part) => ({ name: part.name, status: await part.readiness() })),
      )
    ).filter(({ status }) => status !== 200);
    const pending = await query('order', `select from orders where status = 'PENDING' and placed_at < $1`, [moved]);
    if (unready.length === 0 && pending.length === 0) return elapsedMs() / 1_000;
    stage.log(`${pending.length} orders pending; not ready: ${unready.map(({ name }) => name).join(', ') || 'none'}`);
    await delay(1_000);
  }
  return Infinity;
}
