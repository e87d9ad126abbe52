import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { project } from '#local/command.ts';
import { now } from '#platform/process/clock.ts';
import { footprint } from './footprint.ts';
import { growth, usualSizes } from './growth.ts';
import { jobs } from './jobs.ts';
import { ledger } from './ledger.ts';
import { liveStreams } from './live-streams.ts';
import { orders } from './orders.ts';
import { processes } from './processes.ts';
import { type Figure, type Findings, isReached, machine, markdownOf } from './report.ts';
import { refusals } from './refusals.ts';
import { router } from './router.ts';
import { transfers } from './transfers.ts';

/** Measures something and tells meanwhile where it is. */
type Part = (progress: (what: string) => void) => Promise<Findings>;

/**
 * `npm run bench`: every part, or those that are named. Prints what was measured, writes it to a file, and ends with 1
 * where a figure is missed. `--ten-million` lets `growth` fill a ledger of so many entries too, which takes long.
 */
const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { 'ten-million': { type: 'boolean', default: false } },
});

const parts: Readonly<Record<string, Part>> = {
  router,
  refusals,
  ledger,
  growth: async (progress) => await growth(progress, [...usualSizes, ...(options['ten-million'] ? [10_000_000] : [])]),
  jobs,
  orders,
  transfers,
  footprint,
  processes,
  'live-streams': liveStreams,
};

const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: the parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

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
