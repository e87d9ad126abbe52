import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { z } from 'zod';
import { renderOverlay } from './manifests/render.ts';
import { workloadsOf } from './manifests/workloads.ts';
import { writeFiles } from './write-files.ts';

/**
 * `npm run capacity` writes the tables of docs/past-one-machine.md: the figures that were measured, and what they come
 * to for so many orders per second. With `--check` it writes nothing, and fails where the page says anything else.
 */

const page = new URL('../docs/past-one-machine.md', import.meta.url);
const figuresFile = new URL('../docs/past-one-machine.figures.yaml', import.meta.url);

const figure = z.strictObject({
  what: z.string(),
  value: z.number().positive(),
  unit: z.string(),
  command: z.string(),
  /** Under which conditions, where that matters. */
  note: z.string().optional(),
});

const figures = z
  .strictObject({
    settled: figure,
    committed: figure,
    orderBytes: figure,
    ledgerBytes: figure,
    noticeBytes: figure,
    verified: figure,
    streamBytes: figure,
    routerBytes: figure,
  })
  .parse(parse(readFileSync(figuresFile, 'utf8')));

const demands = [100, 1_000, 10_000, 100_000];

/** Servers have bursts to take, and vacuum to do. */
const used = 0.5;
const batch = 200;
const jobsOfBatch = 4;
const entriesOfOrder = 2;
const daySeconds = 86_400;
const routerLimitBytes = memoryLimitOf('Deployment router');

interface Row {
  readonly what: string;
  readonly reckoning: string;
  readonly of: (ordersPerSecond: number) => string;
}

const ledgersFor = (demand: number) => Math.ceil(demand / (figures.settled.value * used));
const bytesOfOrder = figures.orderBytes.value + figures.ledgerBytes.value + figures.noticeBytes.value;
const verifiedPerSecond = 1_000_000 / figures.verified.value;

const rows: readonly Row[] = [
  {
    what: 'Billing databases',
    reckoning: `⌈D ÷ (${amount(figures.settled.value)} × ${used})⌉`,
    of: (demand) => amount(ledgersFor(demand)),
  },
  {
    what: 'Order databases, if an order is as much to commit as a transaction of TPC-B',
    reckoning: `⌈D ÷ (${amount(figures.committed.value)} × ${used})⌉`,
    of: (demand) => amount(Math.ceil(demand / (figures.committed.value * used))),
  },
  {
    what: 'Jobs per second, in full batches',
    reckoning: `${jobsOfBatch} × D ÷ ${batch}`,
    of: (demand) => amount((jobsOfBatch * demand) / batch),
  },
  {
    what: 'What a day of that leaves on disk, in all databases',
    reckoning: `D × ${daySeconds.toLocaleString('en-US')} s × ${amount(bytesOfOrder)} bytes`,
    of: (demand) => bytes(demand * daySeconds * bytesOfOrder),
  },
  {
    what: "Verifying such a day's entries, the databases side by side",
    reckoning: `${entriesOfOrder} × D × ${daySeconds.toLocaleString('en-US')} s ÷ ${amount(verifiedPerSecond)}/s ÷ databases`,
    of: (demand) => duration((entriesOfOrder * demand * daySeconds) / verifiedPerSecond / ledgersFor(demand)),
  },
];

const tables = {
  figures: [
    '| Measured | Figure | Command |',
    '| --- | --- | --- |',
    ...Object.values(figures).map(
      ({ what, value, unit, note, command }) =>
        `| ${what} | ${value.toLocaleString('en-US')} ${unit}${note === undefined ? '' : `, ${note}`} | \`${command}\` |`,
    ),
  ],
  arithmetic: [
    `| For D orders per second | Reckoning | ${demands.map(amount).join(' | ')} |`,
    `| --- | --- | ${demands.map(() => '---').join(' | ')} |`,
    ...rows.map(({ what, reckoning, of }) => `| ${what} | ${reckoning} | ${demands.map(of).join(' | ')} |`),
  ],
  streams: [
    `A pod of the router may have ${amount(routerLimitBytes / 1e6)} MB ([k8s/base](../k8s/base/router.yaml)). With half ` +
      `of what is not its own left free, it has room for (${amount(routerLimitBytes / 1e6)} − ` +
      `${amount(figures.routerBytes.value / 1e6)}) MB × ${used} ÷ ${amount(figures.streamBytes.value / 1e3)} kB = ` +
      `**${amount(((routerLimitBytes - figures.routerBytes.value) * used) / figures.streamBytes.value)} open streams**.`,
  ],
};

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const stands = readFileSync(page, 'utf8');
const wanted = await format(withTables(stands), { ...(await resolveConfig(fileURLToPath(page))), parser: 'markdown' });
if (!values.check) writeFiles([{ file: page, text: wanted }]);
else if (stands === wanted) console.log('The tables of docs/past-one-machine.md are up to date.');
else {
  console.error('docs/past-one-machine.md does not say what its figures come to: run `npm run capacity`');
  process.exitCode = 1;
}

/** Each table stands between two comments that name it. */
function withTables(text: string): string {
  return Object.entries(tables).reduce((text, [name, lines]) => {
    const [before, rest] = split(text, `<!-- ${name}: written by npm run capacity -->\n`);
    const [, after] = split(rest, `<!-- end of ${name} -->`);
    const opening = `<!-- ${name}: written by npm run capacity -->\n`;
    return `${before}${opening}\n${lines.join('\n')}\n\n<!-- end of ${name} -->${after}`;
  }, text);
}

function split(text: string, mark: string): [before: string, after: string] {
  const place = text.indexOf(mark);
  if (place === -1) throw new Error(`docs/past-one-machine.md lacks "${mark.trim()}"`);
  return [text.slice(0, place), text.slice(place + mark.length)];
}

function bytes(value: number): string {
  return value < 1e12 ? `${amount(value / 1e9)} GB` : `${amount(value / 1e12)} TB`;
}

function duration(seconds: number): string {
  return seconds < 3_600 ? `${amount(seconds / 60)} min` : `${amount(seconds / 3_600)} h`;
}

function amount(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function memoryLimitOf(workload: string): number {
  const pod = workloadsOf(renderOverlay('production')).find(({ name }) => name === workload)?.pod;
  const [, mebibytes] = /^(\d+)Mi$/.exec(String(pod?.containers[0]?.resources?.limits?.['memory'])) ?? [];
  if (mebibytes === undefined) throw new Error(`${workload} has no limit of memory in MiB`);
  return Number(mebibytes) * 2 ** 20;
}
