import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '#local/command.ts';
import { type PartName, partNames } from '#local/parts.ts';
import { now } from '#platform/process/clock.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import { postgresPids } from '../../tools/system/own-postgres.ts';
import { idle } from './profile/areas.ts';
import { type Load, loads, type Prepared } from './profile/loads.ts';
import { type CpuProfile, type Period, selfTimes } from './profile/self-times.ts';
import { machine, markdownOf, rounded, type Table } from './report.ts';
import { processorTimeMs } from '../../tools/system/resources.ts';

/**
 * `npm run profile -- <load>`: where the processors' time goes while the system bears that load: how long each library
 * and each part of the project itself runs for a request, in each process. The profiles stay, for who looks closer.
 */
const warmUpSeconds = 4;
const seconds = 8;
/** What takes less of all processes' time is told together. */
const smallestShare = 0.01;

const name = process.argv[2] ?? '';
const load = loads[name];
if (load === undefined || process.argv.length > 3) {
  console.error(`What is to be profiled? One of ${Object.keys(loads).join(', ')}.`);
  process.exit(1);
}
const folder = join(project, '.data', 'profiles', `${name}-${now().toISOString().replaceAll(/[:.]/g, '-')}`);
mkdirSync(folder, { recursive: true });
console.log(machine);
const table = tableOf(await measure(load));
console.log(`\n${table.title}`);
console.table(table.rows);
writeFileSync(join(folder, 'table.md'), `${machine}\n\n${markdownOf(table)}\n`);
console.log(`The profiles, and the table as text, are in ${folder}`);

interface Measured {
  readonly unit: Load['unit'];
  readonly borne: number;
  readonly seconds: number;
  readonly profiles: ReadonlyMap<PartName, ReadonlyMap<string, number>>;
  readonly used: Used;
}

/** Processor time of each process, in ms; null where the system does not tell. */
type Used = Readonly<Record<string, number | null>>;

async function measure({ unit, prepare }: Load): Promise<Measured> {
  const system = await startOwnSystem(8500, {
    ACCESS_TOKEN_TTL_S: '3600',
    CUSTOMER_COST_PER_MINUTE: '1000000000',
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}`,
  });
  const pids = partNames.map((part) => [part, system.pidOf(part)] as const);
  const { period, ...measured } = await bearAndStop(system, prepare);
  return { unit, ...measured, profiles: new Map(pids.map(([part, pid]) => [part, selfTimes(profileOf(pid), period)])) };
}

/** Processes leave their profiles when they end. */
async function bearAndStop(system: OwnSystem, prepare: Load['prepare']) {
  try {
    const prepared = await prepare(system);
    try {
      return await bear(system, prepared);
    } finally {
      await prepared.close();
    }
  } finally {
    await system.stop();
  }
}

async function bear(system: OwnSystem, { makeReady, bear }: Prepared) {
  console.log(`warming up for some ${warmUpSeconds} s`);
  await makeReady(warmUpSeconds);
  await bear(warmUpSeconds);
  console.log(`some ${seconds} s of it`);
  await makeReady(seconds);
  const before = await processorTimes(system);
  const fromUs = nowUs();
  const borne = await bear(seconds);
  const period: Period = { fromUs, toUs: nowUs() };
  const after = await processorTimes(system);
  const since = ([name, ms]: [string, number | null]) => [name, ms === null ? null : ms - before[name]!];
  const tookS = (period.toUs - period.fromUs) / 1_000_000;
  return { borne, seconds: tookS, period, used: Object.fromEntries(Object.entries(after).map(since)) };
}

async function processorTimes({ pidOf, adminUrl }: OwnSystem): Promise<Used> {
  return {
    ...Object.fromEntries(partNames.map((part) => [part, processorTimeMs([pidOf(part)])])),
    PostgreSQL: processorTimeMs(await postgresPids(adminUrl)),
    'the load itself': processorTimeMs([process.pid]),
  };
}

/** Of the clock that profiles tell the time by. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

function profileOf(pid: number): CpuProfile {
  const file = readdirSync(folder).find((one) => one.includes(`.${pid}.`) && one.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error(`process ${pid} has left no profile`);
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
}

/** A row: what, and for each process how long, in microseconds. */
interface Line {
  readonly what: string;
  readonly us: Readonly<Record<string, number | null>>;
}

function tableOf({ unit, borne, seconds: took, profiles, used }: Measured): Table {
  const lines = [
    ...linesOf(profiles),
    {
      what: 'processor time',
      us: Object.fromEntries(Object.entries(used).map(([name, ms]) => [name, ms && ms * 1_000])),
    },
  ];
  const shown = (us: number | null | undefined) => (us == null ? '' : rounded(us / borne, 2));
  return {
    title: `${name}: ${Math.round(borne / took)} ${unit}s per second; µs for each ${unit}`,
    rows: lines.map(({ what, us }) => ({
      what,
      ...Object.fromEntries(Object.keys(used).map((process) => [process, shown(us[process])])),
    })),
  };
}

/** The areas that take longest, the others together, and all. A function that waits for a processor counts as running. */
function linesOf(profiles: Measured['profiles']): Line[] {
  const timesOf = (area: string) =>
    Object.fromEntries([...profiles].map(([part, times]) => [part, times.get(area) ?? 0]));
  const areas = [...new Set([...profiles.values()].flatMap((times) => [...times.keys()]))]
    .filter((area) => area !== idle)
    .map((area) => ({ what: area, us: timesOf(area) }))
    .toSorted((one, other) => total(other) - total(one));
  const all = added('together, waiting for a processor included', areas);
  const large = areas.filter((area) => total(area) >= total(all) * smallestShare);
  return [...large, added('the rest', areas.slice(large.length)), all];
}

function added(what: string, lines: readonly Line[]): Line {
  const sum = (part: PartName) => lines.reduce((us, line) => us + (line.us[part] ?? 0), 0);
  return { what, us: Object.fromEntries(partNames.map((part) => [part, sum(part)])) };
}

function total({ us }: Line): number {
  return Object.values(us).reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
