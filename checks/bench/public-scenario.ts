import { fileURLToPath } from 'node:url';
import { composeSupergraph } from '#test/federation/compose.ts';
import { freePorts } from '#test/free-ports.ts';
import { startIssuer } from '#test/router/issuer.ts';
import { compare, type Comparison, type Ratio } from './compare.ts';
import { shop, testQuery } from './public-scenario/shop.ts';
import type { Figure, Findings } from './report.ts';
import { installHive, startOurs, startProcess } from './router/contenders.ts';
import { hiveRust, httpContender, ours, type Servers, startPeers, stock } from './router/peers.ts';

/** A load of the public scenario. */
interface Load {
  readonly name: string;
  readonly connections: number;
  /** By which each subgraph delays each answer. */
  readonly latencyMs: number;
  readonly rounds: number;
}

const loads: readonly Load[] = [
  { name: '50 connections', connections: 50, latencyMs: 0, rounds: 7 },
  { name: '50 connections, subgraphs answer after 4 ms', connections: 50, latencyMs: 4, rounds: 3 },
  { name: '500 connections', connections: 500, latencyMs: 0, rounds: 3 },
];
const secondsEach = 2;

/** The query costs more than our default allows, and the other gateways wait for subgraphs without a time-out. */
const settings = { OPERATION_COST_LIMIT: '100000', SUBGRAPH_TIMEOUT_MS: '30000' };

const body = JSON.stringify({ operationName: 'TestQuery', query: testQuery });

/**
 * Compares the gateways in the public scenario (shop.ts). Subgraphs replay their answers, so a gateway's work is the
 * largest part. Before anything is timed, every gateway must return the same data, byte for byte.
 */
export async function publicScenario(progress: (message: string) => void): Promise<Findings> {
  installHive();
  const comparisons = new Map<Load, Comparison>();
  for (const load of loads) comparisons.set(load, await measure(load, progress));
  const [usual] = [...comparisons.values()];
  return {
    tables: [...comparisons].map(([{ name }, { rows }]) => ({ title: `the public scenario: ${name}`, rows })),
    figures: figuresOf(usual!),
  };
}

async function measure(load: Load, progress: (message: string) => void): Promise<Comparison> {
  const running = new AsyncDisposableStack();
  try {
    const urls = await startSubgraphs(load.latencyMs, running);
    const graph = { supergraphSdl: composeSupergraph(shop).supergraphSdl, urls };
    const issuer = await startIssuer();
    running.defer(issuer.stop);
    const own = await startOurs(graph, issuer.jwksUrl, settings);
    running.defer(own.stop);
    const authorization = await issuer.authorization({ userId: 'customer-1', goodFor: '1h' });
    const servers: Servers = { [ours]: own, ...(await startPeers(graph, running)) };
    await expectSameData(servers, authorization, progress);
    const contenders = Object.entries(servers).map(([name, { url, pid }]) =>
      httpContender(name, pid, load.connections, () => ({ url, authorization, body: () => body })),
    );
    const report = (message: string) => progress(`${load.name}: ${message}`);
    return await compare(contenders, { rounds: load.rounds, secondsEach, unit: 'requests/s', progress: report });
  } finally {
    await running.disposeAsync();
  }
}

async function startSubgraphs(latencyMs: number, running: AsyncDisposableStack): Promise<Record<string, string>> {
  const ports = await freePorts(Object.keys(shop).length);
  const url = (port: number) => `http://127.0.0.1:${port}/graphql`;
  const { stop } = await startProcess({
    args: [
      fileURLToPath(new URL('public-scenario/replaying-subgraphs.ts', import.meta.url)),
      ...[latencyMs, ...ports].map(String),
    ],
    settings: {},
    url: url(ports.at(-1)!),
  });
  running.defer(stop);
  return Object.fromEntries(Object.keys(shop).map((name, index) => [name, url(ports[index]!)]));
}

/** @throws if a gateway returns errors, or other data than ours. */
async function expectSameData(
  servers: Servers,
  authorization: string,
  progress: (message: string) => void,
): Promise<void> {
  const datas = new Map<string, string>();
  for (const [name, { url }] of Object.entries(servers)) {
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(url, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (errors !== undefined) throw new Error(`${name} has errors: ${JSON.stringify(errors).slice(0, 500)}`);
    datas.set(name, JSON.stringify(data));
  }
  const others = [...datas].filter(([, data]) => data !== datas.get(ours)).map(([name]) => name);
  if (others.length > 0) throw new Error(`other data than ours: ${others.join(', ')}`);
  progress(`every gateway returns the same ${datas.get(ours)!.length} characters of data`);
}

function figuresOf({ ratios, timesCheaper }: Comparison): Figure[] {
  const figure = (name: string, ratio: Ratio | null, atLeast: number): Figure[] =>
    ratio === null
      ? []
      : [
          {
            name: `the public scenario: ${name}`,
            value: ratio.median,
            rounds: ratio.rounds,
            unit: '×',
            goal: { atLeast },
          },
        ];
  return [
    // Published for Cosmo: 4.7; for Grafbase: 7.6.
    ...figure('requests/s to the stock gateway', ratios(ours, stock), 4.7),
    ...figure("the stock gateway's processor time to ours", timesCheaper(ours, stock), 4.7),
    ...figure("Hive Gateway's with the Rust runtime to ours", timesCheaper(ours, hiveRust), 2),
  ];
}
