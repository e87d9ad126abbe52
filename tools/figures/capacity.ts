import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { itemsPerJob } from '#jobs/queues/contract.ts';
import { renderOverlay } from '../manifests/render.ts';
import { workloadsOf } from '../manifests/workloads.ts';
import type { Measured } from './measured.ts';

/** Computes the tables of docs/past-one-machine.md: the measured figures, and the servers needed for a given load. */

const figuresFile = new URL('../../docs/past-one-machine.figures.yaml', import.meta.url);

const figure = z.strictObject({
  what: z.string(),
  value: z.number().positive(),
  unit: z.string(),
  command: z.string(),
  /** The conditions of the measurement, if they matter. */
  note: z.string().optional(),
});

const ownFigures = z
  .strictObject({
    orderBytes: figure,
    ledgerBytes: figure,
    noticeBytes: figure,
    verified: figure,
    streamBytes: figure,
    routerBytes: figure,
  })
  .parse(parse(readFileSync(figuresFile, 'utf8')));

const demands = [100, 1_000, 10_000, 100_000];

/** The part of a server's capacity that is used; the rest is for bursts and vacuum. */
const usedShare = 0.5;
const jobsOfBatch = 4;
const entriesOfOrder = 2;
const daySeconds = 86_400;

interface Row {
  readonly what: string;
  readonly formula: string;
  readonly of: (ordersPerSecond: number) => string;
}

type Figure = z.infer<typeof figure>;
type Figures = typeof ownFigures & { readonly settled: Figure; readonly committed: Figure };

/** The figures of docs/past-one-machine.figures.yaml and those of docs/performance.md. */
function figuresOf({ cell }: Measured): Figures {
  const ledger = (row: string) => cell('Debits per second', row, 'debits/s');
  const command = 'npm run bench -- ledger';
  return {
    settled: {
      what: `Orders that one ledger settles, ${itemsPerJob} per job`,
      value: ledger(`settlement, ${itemsPerJob} orders to a batch`),
      unit: 'orders/s',
      command,
    },
    committed: {
      what: 'TPC-B transactions on the same server in the same run, five statements each',
      value: ledger('TPC-B, 16 clients'),
      unit: 'per second',
      command,
    },
    ...ownFigures,
  };
}

/** The marked blocks of the page by their names. */
export function capacityTables(measured: Measured): Record<string, string> {
  const figures = figuresOf(measured);
  return { figures: figuresTable(figures), arithmetic: arithmeticTable(rowsOf(figures)), streams: streamsOf(figures) };
}

function rowsOf(figures: Figures): readonly Row[] {
  const ledgersFor = (demand: number) => Math.ceil(demand / (figures.settled.value * usedShare));
  const bytesOfOrder = figures.orderBytes.value + figures.ledgerBytes.value + figures.noticeBytes.value;
  const verifiedPerSecond = 1_000_000 / figures.verified.value;
  return [
    {
      what: 'Billing databases',
      formula: `⌈D ÷ (${amount(figures.settled.value)} × ${usedShare})⌉`,
      of: (demand) => amount(ledgersFor(demand)),
    },
    {
      what: 'Order databases, if committing an order costs as much as a TPC-B transaction',
      formula: `⌈D ÷ (${amount(figures.committed.value)} × ${usedShare})⌉`,
      of: (demand) => amount(Math.ceil(demand / (figures.committed.value * usedShare))),
    },
    {
      what: 'Jobs per second, in full batches',
      formula: `${jobsOfBatch} × D ÷ ${itemsPerJob}`,
      of: (demand) => amount((jobsOfBatch * demand) / itemsPerJob),
    },
    {
      what: 'Disk space for one day, in all databases',
      formula: `D × ${daySeconds.toLocaleString('en-US')} s × ${amount(bytesOfOrder)} bytes`,
      of: (demand) => bytes(demand * daySeconds * bytesOfOrder),
    },
    {
      what: "Verifying one day's entries, with the databases in parallel",
      formula: `${entriesOfOrder} × D × ${daySeconds.toLocaleString('en-US')} s ÷ ${amount(verifiedPerSecond)}/s ÷ databases`,
      of: (demand) => duration((entriesOfOrder * demand * daySeconds) / verifiedPerSecond / ledgersFor(demand)),
    },
  ];
}

function figuresTable(figures: Figures): string {
  return [
    '| Measured | Figure | Command |',
    '| --- | --- | --- |',
    ...Object.values(figures).map(
      ({ what, value, unit, note, command }) =>
        `| ${what} | ${value.toLocaleString('en-US')} ${unit}${note === undefined ? '' : `, ${note}`} | \`${command}\` |`,
    ),
  ].join('\n');
}

function arithmeticTable(rows: readonly Row[]): string {
  return [
    `| For D orders per second | Formula | ${demands.map(amount).join(' | ')} |`,
    `| --- | --- | ${demands.map(() => '---').join(' | ')} |`,
    ...rows.map(({ what, formula, of }) => `| ${what} | ${formula} | ${demands.map(of).join(' | ')} |`),
  ].join('\n');
}

function streamsOf({ routerBytes, streamBytes }: Figures): string {
  const limitBytes = memoryLimitOf('Deployment router');
  const streams = ((limitBytes - routerBytes.value) * usedShare) / streamBytes.value;
  return (
    `A router pod is limited to ${amount(limitBytes / 1e6)} MB ([k8s/base](../k8s/base/router.yaml)). If streams may ` +
    `use half of the memory that the router itself does not, it has room for (${amount(limitBytes / 1e6)} − ` +
    `${amount(routerBytes.value / 1e6)}) MB × ${usedShare} ÷ ${amount(streamBytes.value / 1e3)} kB = ` +
    `**${amount(streams)} open streams**.`
  );
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
