import { setTimeout as delay } from 'node:timers/promises';
import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

const crashes = 3;
const downMs = 500;

export const databaseCrash: Row = {
  name: 'database-crash',
  promise: 'A database crash loses nothing',
  how: ({ orders }) => `${orders} orders, while PostgreSQL is stopped in immediate mode and started ${crashes} times`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    const at = new Set(
      Array.from({ length: crashes }, (_, crash) => Math.ceil((stage.orders * (crash + 1)) / (crashes + 1))),
    );
    let crashed = 0;
    await act(stage, load, {
      count: stage.orders,
      clients: 8,
      transferEvery: 0,
      done: async (acts) => {
        if (!at.has(acts)) return;
        stage.postgres.crash();
        await delay(downMs);
        await stage.postgres.start();
        crashed += 1;
      },
    });
    const exits = Object.values(stage.parts).reduce((sum, part) => sum + part.exits, 0);
    const { findings, settledInS } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    const restarted = Object.values(stage.parts).reduce((sum, part) => sum + part.exits, 0) - exits;
    return verdict(
      { findings: findings.length, ...orderFaults, 'processes ended': restarted },
      [
        `${crashed} crashes`,
        `${load.acknowledged.size} orders acknowledged`,
        `${load.faults} requests repeated`,
        `settled after ${settledInS.toFixed(0)} s`,
      ],
      crashed === crashes,
    );
  },
};
