import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { project } from '#local/command.ts';
import { now } from '#platform/clock.ts';
import { footprint } from './footprint.ts';
import { jobs } from './jobs.ts';
import { ledger } from './ledger.ts';
import { liveStreams } from './live-streams.ts';
import { orders } from './orders.ts';
import { type Figure, type Findings, isReached, type Table } from './report.ts';
import { router } from './router.ts';

/** Measures something and tells meanwhile where it is. */
type Part = (progress: (what: string) => void) => Promise<Findings>;

/**
 * `npm run bench`: every part, or those that are named. Prints what was measured, writes it to a file, and ends with 1
 * where a figure is missed.
 */
const parts: Readonly<Record<string, Part>> = {
  router,
  ledger,
  jobs,
  orders,
  footprint,
  'live-streams': liveStreams,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: the parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
console.log(machine);
const report = [`# Measured on ${now().toISOString().slice(0, 10)}`, machine];
const figures: Figure[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const found = await run((what) => console.log(`${now().toISOString().slice(11, 19)} ${name}: ${what}`));
  report.push(`## ${name}`, ...found.tables.map(markdownOf));
  figures.push(...found.figures);
  for (const { title, rows } of found.tables) {
    console.log(`\n${title}`);
    console.table(rows);
  }
}

const told = figures.map((figure) => ({
  figure: figure.what,
  measured: `${figure.value} ${figure.unit}`,
  goal: `${goalOf(figure)} ${figure.unit}`,
  reached: isReached(figure) ? 'yes' : 'NO',
}));
if (told.length > 0) {
  console.table(told);
  report.push(markdownOf({ title: 'Figures to reach', rows: told }));
}
const file = join(project, '.data', `bench-${now().toISOString().replaceAll(/[:.]/g, '-')}.md`);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${report.join('\n\n')}\n`);
console.log(`Written to ${file}`);
process.exit(figures.every(isReached) ? 0 : 1);

function goalOf({ goal }: Figure): string {
  return 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
}

function markdownOf({ title, rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) => line(columns.map((column) => row[column] ?? '')));
  return [`### ${title}\n`, line(columns), line(columns.map(() => '---')), ...body].join('\n');
}
