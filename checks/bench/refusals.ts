import { randomUUID } from 'node:crypto';
import { tooLarge } from '#attack/cases/documents.ts';
import { startIssuer } from '#test/router/issuer.ts';
import { type Figure, type Findings, quantiles, rounded, type Table } from './report.ts';
import { productGraph, startMemorySubgraphs, startOurs } from './router/contenders.ts';
import { loadHttp } from './router/http-load.ts';
import { queries } from './router/queries.ts';

const secondsEach = 2;
/** A document that takes longer to refuse could be used for denial of service. */
const maxMs = 50;

type Row = Table['rows'][number];

/** Sends requests one after the other, with a body by number. @returns the latencies in milliseconds. */
type Times = (body: (nth: number) => string, seconds?: number) => Promise<readonly number[]>;

/**
 * Measures how long the router takes to refuse each oversized document, compared with an ordinary query. Then measures an
 * ordinary query while another client sends the largest accepted operations, each of them different.
 */
export async function refusals(progress: (message: string) => void): Promise<Findings> {
  const running = new AsyncDisposableStack();
  try {
    const subgraphs = await startMemorySubgraphs('lean');
    running.defer(subgraphs.stop);
    const issuer = await startIssuer();
    running.defer(issuer.stop);
    const { url, stop } = await startOurs(productGraph(subgraphs.operations), issuer.jwksUrl);
    running.defer(stop);
    const authorization = await issuer.authorization({ userId: 'customer-1', goodFor: '1h' });
    return await measure(async (body, seconds = secondsEach) => {
      const { latenciesMs } = await loadHttp(() => ({ url, authorization, body }), { connections: 1, seconds });
      return latenciesMs;
    }, progress);
  } finally {
    await running.disposeAsync();
  }
}

async function measure(times: Times, progress: (message: string) => void): Promise<Findings> {
  const ordinary = (nth: number) => queries[1]!.body(nth, 'ordinary', 'account-1');
  progress('warming up');
  for (const [, body] of tooLarge) await times(() => body, 0.2);
  await times(ordinary);

  const rows: Row[] = [rowOf('an ordinary query', await times(ordinary))];
  const figures: Figure[] = [];
  for (const [name, body] of tooLarge) {
    progress(name);
    const latenciesMs = await times(() => body);
    rows.push(rowOf(name, latenciesMs));
    figures.push({ name: `refused: ${name}, p99`, value: p99(latenciesMs), unit: 'ms', goal: { atMost: maxMs } });
  }

  progress('the largest accepted operations');
  const [most, meanwhile] = await Promise.all([times(largestOperation, 10), times(ordinary, 10)]);
  return {
    tables: [
      { title: 'Oversized documents', rows },
      {
        title: 'The largest accepted operations, each different',
        rows: [rowOf('the largest operation', most), rowOf('an ordinary query meanwhile', meanwhile)],
      },
    ],
    figures,
  };
}

function rowOf(name: string, latenciesMs: readonly number[]): Row {
  const { p50 } = quantiles(latenciesMs);
  return {
    name,
    'p50, ms': rounded(p50),
    'p99, ms': p99(latenciesMs),
    'longest, ms': rounded(latenciesMs.reduce((longest, one) => Math.max(longest, one), 0)),
  };
}

function p99(latenciesMs: readonly number[]): number {
  return rounded(quantiles(latenciesMs).p99);
}

const switches = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The maximum number of hops between subgraphs, under conditions, and the viewer's id under many conditions. */
function largestOperation(nth: number): string {
  const hops = `account(currency: USD) { owner { name orders(first: 1) { nodes { id transactions { order {
    status notifications { order { customer { email } } } } } customer { name notifications(first: 1) { nodes { order {
    total { amount } } } } } } } notifications(first: 1) { nodes { order { status transactions { id } } } } } }`;
  const viewers = [0, 1, 2].map(
    (index) => `a${nth}_${index}: viewer { ...Hops @include(if: $${switches[index]}) name @skip(if: $h) }`,
  );
  const ids = switches.map((name) => `${name}${nth}: viewer { id @include(if: $${name}) }`);
  const declared = switches.map((name) => `$${name}: Boolean = true`).join(' ');
  const query = `query (${declared}) { ${[...viewers, ...ids].join(' ')} } fragment Hops on User { ${hops} }`;
  return JSON.stringify({ query, extensions: { run: randomUUID() } });
}
