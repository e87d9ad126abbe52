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
 * `npm run profile -- <load>`: shows the processor time of each library and of each part of the project, per request and
 * process, under that load. The CPU profiles are kept for further analysis.
 */
const warmUpSeconds = 4;
const seconds = 8;
/** Areas with a smaller share of all processes' time are summed up as one. */
const minShare = 0.01;

const name = process.argv[2] ?? '';
const load = loads[name];
if (load === undefined || process.argv.length > 3) {
  console.error(`Name one load: ${Object.keys(loads).join(', ')}.`);
  process.exit(1);
}
const folder = join(project, '.data', 'profiles', `${name}-${now().toISOString().replaceAll(/[:.]/g, '-')}`);
mkdirSync(folder, { recursive: true });
console.log(machine);
const table = tableOf(await measure(load));
console.log(`\n${table.title}`);
console.table(table.rows);
writeFileSync(join(folder, 'table.md'), `${machine}\n\n${markdownOf(table)}\n`);
console.log(`The profiles and the table are in ${folder}`);

interface Measured {
  readonly unit: Load['unit'];
  readonly completed: number;
  readonly seconds: number;
  readonly profiles: ReadonlyMap<PartName, ReadonlyMap<string, number>>;
  readonly used: Used;
}

/** The processor time of each process, in ms; null where the operating system does not report it. */
type Used = Readonly<Record<string, number | null>>;

async function measure({ unit, prepare }: Load): Promise<Measured> {
  const system = await startOwnSystem(8500, {
    ACCESS_TOKEN_TTL_S: '3600',
    CUSTOMER_COST_PER_MINUTE: '1000000000',
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}`,
  });
  const pids = partNames.map((part) => [part, system.pidOf(part)] as const);
  const { period, ...measured } = await runAndStop(system, prepare);
  return { unit, ...measured, profiles: new Map(pids.map(([part, pid]) => [part, selfTimes(profileOf(pid), period)])) };
}

/** Processes write their profiles when they exit. */
async function runAndStop(system: OwnSystem, prepare: Load['prepare']) {
  try {
    const prepared = await prepare(system);
    try {
      return await runLoad(system, prepared);
    } finally {
      await prepared.close();
    }
  } finally {
    await system.stop();
  }
}

async function runLoad(system: OwnSystem, { prepareLoad, runLoad }: Prepared) {
  console.log(`warming up for about ${warmUpSeconds} s`);
  await prepareLoad(warmUpSeconds);
  await runLoad(warmUpSeconds);
  console.log(`measuring for about ${seconds} s`);
  await prepareLoad(seconds);
  const before = await processorTimes(system);
  const fromUs = nowUs();
  const completed = await runLoad(seconds);
  const period: Period = { fromUs, toUs: nowUs() };
  const after = await processorTimes(system);
  const since = ([name, ms]: [string, number | null]) => [name, ms === null ? null : ms - before[name]!];
  const tookS = (period.toUs - period.fromUs) / 1_000_000;
  return { completed, seconds: tookS, period, used: Object.fromEntries(Object.entries(after).map(since)) };
}

async function processorTimes({ pidOf, adminUrl }: OwnSystem): Promise<Used> {
  return {
    ...Object.fromEntries(partNames.map((part) => [part, processorTimeMs([pidOf(part)])])),
    PostgreSQL: processorTimeMs(await postgresPids(adminUrl)),
    'the load generator': processorTimeMs([process.pid]),
  };
}

/** The time on the clock that the profiles use. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

function profileOf(pid: number): CpuProfile {
  const file = readdirSync(folder).find((one) => one.includes(`.${pid}.`) && one.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error(`process ${pid} wrote no profile`);
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
}

/** A row: an area, and its time in each process in microseconds. */
interface Line {
  readonly area: string;
  readonly us: Readonly<Record<string, number | null>>;
}

function tableOf({ unit, completed, seconds: elapsedS, profiles, used }: Measured): Table {
  const lines = [
    ...linesOf(profiles),
    {
      area: 'processor time',
      us: Object.fromEntries(Object.entries(used).map(([name, ms]) => [name, ms && ms * 1_000])),
    },
  ];
  const shown = (us: number | null | undefined) => (us == null ? '' : rounded(us / completed, 2));
  return {
    title: `${name}: ${Math.round(completed / elapsedS)} ${unit}s per second; µs for each ${unit}`,
    rows: lines.map(({ area, us }) => ({
      area,
      ...Object.fromEntries(Object.keys(used).map((process) => [process, shown(us[process])])),
    })),
  };
}

/** The areas with the longest times, the sum of the others, and the total. Waiting for a processor counts as running. */
function linesOf(profiles: Measured['profiles']): Line[] {
  const timesOf = (area: string) =>
    Object.fromEntries([...profiles].map(([part, times]) => [part, times.get(area) ?? 0]));
  const areas = [...new Set([...profiles.values()].flatMap((times) => [...times.keys()]))]
    .filter((area) => area !== idle)
    .map((area) => ({ area: area, us: timesOf(area) }))
    .toSorted((one, other) => total(other) - total(one));
  const all = added('total, waiting for a processor included', areas);
  const large = areas.filter((area) => total(area) >= total(all) * minShare);
  return [...large, added('the rest', areas.slice(large.length)), all];
}

function added(area: string, lines: readonly Line[]): Line {
  const sum = (part: PartName) => lines.reduce((us, line) => us + (line.us[part] ?? 0), 0);
  return { area, us: Object.fromEntries(partNames.map((part) => [part, sum(part)])) };
}

function total({ us }: Line): number {
  return Object.values(us).reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
