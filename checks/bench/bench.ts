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
import { publicScenario } from './public-scenario.ts';
import { type Figure, type Findings, machine, markdownOf, type Verdict, verdictOf } from './report.ts';
import { refusals } from './refusals.ts';
import { rest } from './rest.ts';
import { router } from './router.ts';
import { transfers } from './transfers.ts';

/** Measures one subject, and reports its progress meanwhile. */
type Part = (progress: (message: string) => void) => Promise<Findings>;

/**
 * `npm run bench [-- part…]`: runs all parts, or the named ones. Prints the results, writes them to a file, and exits
 * with 1 if a figure misses its goal, and with 2 if the rounds are too far apart to judge one. With `--ten-million`, `growth` also fills a ledger of ten million entries, which
 * takes long.
 */
const { values: options, positionals: selectedParts } = parseArgs({
  allowPositionals: true,
  options: { 'ten-million': { type: 'boolean', default: false } },
});

const parts: Readonly<Record<string, Part>> = {
  router,
  refusals,
  rest,
  ledger,
  growth: async (progress) => await growth(progress, [...usualSizes, ...(options['ten-million'] ? [10_000_000] : [])]),
  jobs,
  orders,
  transfers,
  footprint,
  processes,
  'live-streams': liveStreams,
};

/** A part of `router` that can be run alone. */
const selectable: Readonly<Record<string, Part>> = { ...parts, 'public-scenario': publicScenario };

const unknown = selectedParts.filter((name) => selectable[name] === undefined);
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. Choose from ${Object.keys(selectable).join(', ')}.`);
  process.exit(1);
}

console.log(machine);
const report = [`# Measured on ${now().toISOString().slice(0, 10)}`, machine];
const figures: Figure[] = [];
for (const [name, run] of Object.entries(selectedParts.length === 0 ? parts : selectable)) {
  if (selectedParts.length > 0 && !selectedParts.includes(name)) continue;
  const found = await run((message) => console.log(`${now().toISOString().slice(11, 19)} ${name}: ${message}`));
  report.push(`## ${name}`, ...found.tables.map(markdownOf));
  figures.push(...found.figures);
  for (const { title, rows } of found.tables) {
    console.log(`\n${title}`);
    console.table(rows);
  }
}

const figureRows = figures.map((figure) => ({
  figure: figure.name,
  measured: `${figure.value} ${figure.unit}`,
  goal: `${goalOf(figure)} ${figure.unit}`,
  met: verdictOf(figure),
}));
if (figureRows.length > 0) {
  console.table(figureRows);
  report.push(markdownOf({ title: 'Figures and goals', rows: figureRows }));
}
const file = join(project, '.data', `bench-${now().toISOString().replaceAll(/[:.]/g, '-')}.md`);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${report.join('\n\n')}\n`);
console.log(`The results are in ${file}`);
const verdicts = figures.map(verdictOf);
if (verdicts.includes('too noisy')) {
  console.log('Some rounds are too far apart to judge a goal: repeat the run while the machine does less.');
}
process.exit(exitCodeOf(verdicts));

function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.includes('NO')) return 1;
  return verdicts.includes('too noisy') ? 2 : 0;
}

function goalOf({ goal }: Figure): string {
  return 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
}
