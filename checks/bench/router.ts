import { registerCustomer } from '#test/customer.ts';
import { startIssuer } from '#test/router/issuer.ts';
import { startOwnSystem } from '../../tools/system/own-system.ts';
import { type Comparison, compare, type Ratio } from './compare.ts';
import { publicScenario } from './public-scenario.ts';
import type { Figure, Findings } from './report.ts';
import { installHive, productGraph, startMemorySubgraphs, startOurs } from './router/contenders.ts';
import { hiveNames, httpContender, ours, type Servers, startPeers, stock } from './router/peers.ts';
import { type BenchQuery, oneSubgraph, queries } from './router/queries.ts';

type Progress = (message: string) => void;

const connections = 32;
const rounds = 3;
const secondsEach = 2;

/** The customer of one connection, and the account of the nth request. */
interface Caller {
  readonly authorization: string;
  readonly accountId: (nth: number) => string;
}

/** Comparisons by the name of the query. */
type Comparisons = ReadonlyMap<string, Comparison>;

const direct = 'the subgraph without a router';

/**
 * Compares requests per second of our router, the stock gateway and Hive Gateway. The subgraphs are in memory, served by
 * Apollo Server and by this project's code, then the product's own with their databases, then those of the public
 * scenario.
 */
export async function router(progress: Progress): Promise<Findings> {
  installHive();
  const apollo = await compareOnMemory('apollo', progress);
  const lean = await compareOnMemory('lean', progress);
  const own = await compareOnProduct(progress);
  const shop = await publicScenario(progress);
  return {
    tables: [
      ...tablesOf('before subgraphs in memory, by Apollo Server', apollo),
      ...tablesOf('before subgraphs in memory, as this project serves them', lean),
      ...tablesOf('before our subgraphs with their databases', own),
      ...shop.tables,
    ],
    figures: [...figuresOfApollo(apollo), ...figuresOfLean(lean), ...figuresOfOwn(own), ...shop.figures],
  };
}

async function compareOnMemory(kind: 'apollo' | 'lean', progress: Progress): Promise<Comparisons> {
  const running = new AsyncDisposableStack();
  try {
    const subgraphs = await startMemorySubgraphs(kind);
    running.defer(subgraphs.stop);
    const issuer = await startIssuer();
    running.defer(issuer.stop);
    const own = await startOurs(productGraph(subgraphs.operations), issuer.jwksUrl);
    running.defer(own.stop);
    const servers = { [ours]: own, ...(await startPeers(productGraph(subgraphs.plain), running)) };
    const callers = await Promise.all(
      Array.from({ length: connections }, async (_, number): Promise<Caller> => {
        const authorization = await issuer.authorization({ userId: `customer-${number}`, goodFor: '1h' });
        return { authorization, accountId: (nth) => `account-${nth}` };
      }),
    );
    const withSubgraph = { ...servers, [direct]: { url: subgraphs.plain.billing } };
    return await measure(callers, (query) => (query === oneSubgraph ? withSubgraph : servers), progress);
  } finally {
    await running.disposeAsync();
  }
}

async function compareOnProduct(progress: Progress): Promise<Comparisons> {
  const running = new AsyncDisposableStack();
  try {
    const system = await startOwnSystem(7900, { ACCESS_TOKEN_TTL_S: '3600', CUSTOMER_COST_PER_MINUTE: '1000000000' });
    running.defer(system.stop);
    const callers: Caller[] = [];
    for (let number = 0; number < connections; number += 1) {
      const customer = await registerCustomer(system.url);
      const { id } = await customer.account('USD');
      for (let order = 0; order < 5; order += 1) await customer.placeOrder({ unitPrice: '0.01' });
      callers.push({ authorization: `Bearer ${customer.token}`, accountId: () => id });
    }
    const servers = {
      [ours]: { url: system.url, pid: system.pidOf('router') },
      ...(await startPeers(productGraph(system.subgraphs), running)),
    };
    return await measure(callers, () => servers, progress);
  } finally {
    await running.disposeAsync();
  }
}

async function measure(
  callers: readonly Caller[],
  serversOf: (query: BenchQuery) => Servers,
  progress: Progress,
): Promise<Comparisons> {
  const comparisons = new Map<string, Comparison>();
  for (const query of queries) {
    const contenders = Object.entries(serversOf(query)).map(([name, server]) =>
      contender(name, server, query, callers),
    );
    const report = (message: string) => progress(`${query.name}: ${message}`);
    comparisons.set(
      query.name,
      await compare(contenders, { rounds, secondsEach, unit: 'requests/s', progress: report }),
    );
  }
  return comparisons;
}

function contender(name: string, { url, pid }: Servers[string], query: BenchQuery, callers: readonly Caller[]) {
  // Requests are numbered across rounds, since each idempotency key is used once.
  return httpContender(name, pid, connections, (connection, first) => {
    const { authorization, accountId } = callers[connection]!;
    return { url, authorization, body: (nth) => query.body(first + nth, name, accountId(first + nth)) };
  });
}

function tablesOf(title: string, comparisons: Comparisons): Findings['tables'] {
  return [...comparisons].map(([query, { rows }]) => ({ title: `${title}: ${query}`, rows }));
}

function figuresOfApollo(comparisons: Comparisons): Figure[] {
  const before = 'before Apollo Server subgraphs';
  return [...comparisons].flatMap(([query, { ratios }]): Figure[] => [
    figure(`${before}, ${query}: to the stock gateway`, ratios(ours, stock), 6),
    figure(`${before}, ${query}: to the fastest of Hive Gateway`, toFastestHive(ratios), 5),
    ...(query === oneSubgraph.name
      ? [figure(`${before}, ${query}: to that subgraph itself`, ratios(ours, direct), 1)]
      : []),
  ]);
}

function figuresOfLean(comparisons: Comparisons): Figure[] {
  return [...comparisons].map(([query, { ratios }]) =>
    figure(`before lean subgraphs, ${query}: to the stock gateway`, ratios(ours, stock), 8),
  );
}

/** To the stock gateway the subgraphs answer at `/graphql`, where graphql-js executes. */
function figuresOfOwn(comparisons: Comparisons): Figure[] {
  return [
    figure(
      'our own subgraphs, four subgraphs: to the same behind the stock gateway',
      comparisons.get('four subgraphs')!.ratios(ours, stock),
      2,
    ),
  ];
}

function toFastestHive(ratios: Comparison['ratios']): Ratio {
  return hiveNames.map((name) => ratios(ours, name)).reduce((least, one) => (one.median < least.median ? one : least));
}

function figure(name: string, { median, rounds }: Ratio, atLeast: number): Figure {
  return { name, value: median, rounds, unit: '×', goal: { atLeast } };
}
