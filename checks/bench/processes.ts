import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPart } from '#local/part-process.ts';
import { type Part, type PartName, everyPortSetting, partNames } from '#local/parts.ts';
import { runFile } from '#test/command.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { buildWebIfStale } from '../../web/build.ts';
import { postgresPids } from '../../tools/system/own-postgres.ts';
import { residentMb, residentTogetherMb } from '../../tools/system/resources.ts';
import { type OwnSystem, errorsOnly, prepareOwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import type { Findings, Table } from './report.ts';
import { loadHttp } from './router/http-load.ts';
import { queries } from './router/queries.ts';

const firstPort = 8300;
const starts = 3;
const customerCount = 40;
const loadSeconds = 5;

/** Measures how long each process takes to be ready, and its memory after the start and after a load. */
export async function processes(progress: (message: string) => void): Promise<Findings> {
  const aloneMs = await startAlone(progress);
  const started = await startEverything(progress);
  progress('starting everything once more, to load it');
  const system = await startOwnSystem(firstPort, { CUSTOMER_COST_PER_MINUTE: '1000000000' });
  try {
    const fresh = await memoryOf(system);
    await load(system, progress);
    const loaded = await memoryOf(system);
    const rows = partNames.map((part) => ({
      process: part,
      'ready alone, ms': Math.round(aloneMs.get(part)!),
      'ready with the others, ms': Math.round(system.readyAfterMs.get(part)!),
      'MB fresh': fresh.get(part)!,
      'MB after the load': loaded.get(part)!,
    }));
    const inMemoryOnly = (process: string, freshMb: number, loadedMb: number) => ({
      process,
      'ready alone, ms': '',
      'ready with the others, ms': '',
      'MB fresh': freshMb,
      'MB after the load': loadedMb,
    });
    const postgres = inMemoryOnly('PostgreSQL, all its processes', fresh.get('postgres')!, loaded.get('postgres')!);
    const together = inMemoryOnly('together', sumOf(fresh), sumOf(loaded));
    return { tables: [{ title: 'Processes', rows: [...rows, postgres, together] }, started], figures: [] };
  } finally {
    await system.stop();
  }
}

/** The median of several starts, after one that fills Node's cache of compiled code. */
async function startAlone(progress: (message: string) => void): Promise<ReadonlyMap<PartName, number>> {
  const prepared = await prepareOwnSystem(firstPort);
  try {
    const medians = new Map<PartName, number>();
    for (const part of prepared.parts) {
      progress(`starting ${part.name} alone`);
      const times: number[] = [];
      for (let start = 0; start <= starts; start += 1) times.push(await startOnce(part));
      medians.set(part.name, times.slice(1).toSorted((a, b) => a - b)[Math.floor(starts / 2)]!);
    }
    return medians;
  } finally {
    await prepared.stop();
  }
}

async function startOnce(part: Part): Promise<number> {
  const beganMs = performance.now();
  const running = runPart(part, errorsOnly);
  try {
    await running.ready;
    return performance.now() - beganMs;
  } finally {
    await running.stop();
  }
}

const sumOf = (memory: Memory) => [...memory.values()].reduce((sum, mb) => sum + mb, 0);

/** Measures `npm start`, from the command to the line "Everything runs". */
async function startEverything(progress: (message: string) => void): Promise<Table> {
  // Build the console first, so that `npm start` does not.
  await buildWebIfStale();
  const folder = mkdtempSync(join(tmpdir(), 'wallet-bench-'));
  chmodSync(folder, 0o755);
  const names = ['POSTGRES_PORT', ...everyPortSetting];
  const ports = Object.fromEntries(names.map((name, index) => [name, String(firstPort + index)]));
  try {
    const rows = [];
    for (const state of ['without data', 'with data']) {
      progress(`npm start ${state}`);
      const beganMs = performance.now();
      const command = runFile('deploy/local/start.ts', { ...ports, DATA_FOLDER: folder, LOG_LEVEL: 'error' });
      await command.says('Everything runs');
      rows.push({ 'npm start': state, seconds: Number(((performance.now() - beganMs) / 1_000).toFixed(1)) });
      command.kill('SIGTERM');
      await command.exit;
    }
    return { title: 'npm start, until everything runs', rows };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Memory = ReadonlyMap<PartName | 'postgres', number>;

async function memoryOf(system: OwnSystem): Promise<Memory> {
  const parts = partNames.map((part) => [part, Math.round(residentMb(system.pidOf(part)))] as const);
  return new Map([...parts, ['postgres', Math.round(residentTogetherMb(await postgresPids(system.adminUrl)))]]);
}

/** Loads the system with 40 concurrent customers: each query of the router bench, then orders until they are settled. */
async function load(system: OwnSystem, progress: (message: string) => void): Promise<void> {
  const customers: Customer[] = [];
  for (let count = 0; count < customerCount; count += 1) customers.push(await registerCustomer(system.url));
  const accounts = await Promise.all(customers.map(async (person) => (await person.account('USD')).id));
  for (const { name, body } of queries) {
    progress(`${name}, of ${customerCount} customers for ${loadSeconds} s`);
    const requestOf = (index: number) => ({
      url: system.url,
      authorization: `Bearer ${customers[index]!.token}`,
      body: (nth: number) => body(nth, 'processes', accounts[index]!),
    });
    await loadHttp(requestOf, { connections: customerCount, seconds: loadSeconds });
  }
  progress(`orders, of ${customerCount} customers for ${loadSeconds} s`);
  const endMs = performance.now() + loadSeconds * 1_000;
  await Promise.all(
    customers.map(async (person) => {
      while (performance.now() < endMs) await person.placeOrder({ unitPrice: '0.01' });
    }),
  );
  await until('every order to be settled', async () => await isSettled(customers), 120_000);
}

async function isSettled(customers: readonly Customer[]): Promise<boolean> {
  const pending = await Promise.all(
    customers.map(async (person) => {
      const { viewer } = await person.request<{ viewer: { orders: { nodes: unknown[] } } }>(
        '{ viewer { orders(first: 1, filter: { statuses: [PENDING] }) { nodes { id } } } }',
      );
      return viewer.orders.nodes.length;
    }),
  );
  return pending.every((count) => count === 0);
}
