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
import { type OwnSystem, quietly, prepareOwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import type { Findings, Table } from './report.ts';
import { loadHttp } from './router/http-load.ts';
import { queries } from './router/queries.ts';

const firstPort = 8300;
const starts = 3;
const customers = 40;
const loadSeconds = 5;

/** How long each process takes until it can work, and what it holds of memory, fresh and after a load. */
export async function processes(progress: (what: string) => void): Promise<Findings> {
  const alone = await startAlone(progress);
  const started = await startEverything(progress);
  progress('starting everything once more, to load it');
  const system = await startOwnSystem(firstPort, { CUSTOMER_COST_PER_MINUTE: '1000000000' });
  try {
    const fresh = await memoryOf(system);
    await load(system, progress);
    const loaded = await memoryOf(system);
    const rows = partNames.map((part) => ({
      process: part,
      'ready alone, ms': Math.round(alone.get(part)!),
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

/** The middle of some starts, after one that fills Node's cache of compiled code. */
async function startAlone(progress: (what: string) => void): Promise<ReadonlyMap<PartName, number>> {
  const ground = await prepareOwnSystem(firstPort);
  try {
    const taken = new Map<PartName, number>();
    for (const part of ground.parts) {
      progress(`starting ${part.name} alone`);
      const times: number[] = [];
      for (let start = 0; start <= starts; start += 1) times.push(await startOnce(part));
      taken.set(part.name, times.slice(1).toSorted((a, b) => a - b)[Math.floor(starts / 2)]!);
    }
    return taken;
  } finally {
    await ground.stop();
  }
}

async function startOnce(part: Part): Promise<number> {
  const beganMs = performance.now();
  const running = runPart(part, quietly);
  try {
    await running.ready;
    return performance.now() - beganMs;
  } finally {
    await running.stop();
  }
}

const sumOf = (memory: Memory) => [...memory.values()].reduce((sum, mb) => sum + mb, 0);

/** `npm start`, from the command to its word that everything runs. */
async function startEverything(progress: (what: string) => void): Promise<Table> {
  // A start that finds no console, or an old one, builds it first.
  await buildWebIfStale();
  const folder = mkdtempSync(join(tmpdir(), 'wallet-bench-'));
  chmodSync(folder, 0o755);
  const names = ['POSTGRES_PORT', ...everyPortSetting];
  const ports = Object.fromEntries(names.map((name, place) => [name, String(firstPort + place)]));
  try {
    const rows = [];
    for (const what of ['where there is nothing yet', 'with its data']) {
      progress(`npm start ${what}`);
      const beganMs = performance.now();
      const command = runFile('deploy/local/start.ts', { ...ports, DATA_FOLDER: folder, LOG_LEVEL: 'error' });
      await command.says('Everything runs');
      rows.push({ 'npm start': what, seconds: Number(((performance.now() - beganMs) / 1_000).toFixed(1)) });
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

/** Each of the router's queries, and orders to their end, of 40 customers at once. */
async function load(system: OwnSystem, progress: (what: string) => void): Promise<void> {
  const people: Customer[] = [];
  for (let count = 0; count < customers; count += 1) people.push(await registerCustomer(system.url));
  const accounts = await Promise.all(people.map(async (person) => (await person.account('USD')).id));
  for (const { name, body } of queries) {
    progress(`${name}, of ${customers} customers for ${loadSeconds} s`);
    const requestOf = (place: number) => ({
      url: system.url,
      authorization: `Bearer ${people[place]!.token}`,
      body: (nth: number) => body(nth, 'processes', accounts[place]!),
    });
    await loadHttp(requestOf, { connections: customers, seconds: loadSeconds });
  }
  progress(`orders, of ${customers} customers for ${loadSeconds} s`);
  const endMs = performance.now() + loadSeconds * 1_000;
  await Promise.all(
    people.map(async (person) => {
      while (performance.now() < endMs) await person.placeOrder({ unitPrice: '0.01' });
    }),
  );
  await until('every order to be settled', async () => await isSettled(people), 120_000);
}

async function isSettled(people: readonly Customer[]): Promise<boolean> {
  const pending = await Promise.all(
    people.map(async (person) => {
      const { viewer } = await person.request<{ viewer: { orders: { nodes: unknown[] } } }>(
        '{ viewer { orders(first: 1, filter: { statuses: [PENDING] }) { nodes { id } } } }',
      );
      return viewer.orders.nodes.length;
    }),
  );
  return pending.every((count) => count === 0);
}
