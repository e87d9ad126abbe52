import { registerCustomer } from '#test/customer.ts';
import { startIssuer } from '#test/router/issuer.ts';
import { startOwnSystem } from '../../tools/system/own-system.ts';
import { type Comparison, type Contender, compare, type Figure, type Findings } from './report.ts';
import {
  hiveModes,
  installHive,
  type Server,
  startHive,
  startMemorySubgraphs,
  startOurs,
  startStock,
  type SubgraphUrls,
} from './router/contenders.ts';
import { loadHttp } from './router/http-load.ts';
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

/** Servers by their name in the tables. */
type Servers = Readonly<Record<string, Pick<Server, 'url'>>>;

/** Comparisons by the name of the query. */
type Comparisons = ReadonlyMap<string, Comparison>;

const ours = 'our router';
const stock = 'Apollo Server with @apollo/gateway';
const direct = 'the subgraph without a router';
const hiveNames = hiveModes.map((mode) => `Hive Gateway, ${mode}`);

/**
 * Compares requests per second of our router, the stock gateway and Hive Gateway. The subgraphs are in memory, served by
 * Apollo Server and by this project's code, and then the product's own with their databases.
 */
export async function router(progress: Progress): Promise<Findings> {
  installHive();
  const apollo = await compareOnMemory('apollo', progress);
  const lean = await compareOnMemory('lean', progress);
  const own = await compareOnProduct(progress);
  return {
    tables: [
      ...tablesOf('before subgraphs in memory, by Apollo Server', apollo),
      ...tablesOf('before subgraphs in memory, as this project serves them', lean),
      ...tablesOf('before our subgraphs with their databases', own),
    ],
    figures: [...figuresOfApollo(apollo), ...figuresOfLean(lean), ...figuresOfOwn(own)],
  };
}

async function compareOnMemory(kind: 'apollo' | 'lean', progress: Progress): Promise<Comparisons> {
  const running = new AsyncDisposableStack();
  try {
    const subgraphs = await startMemorySubgraphs(kind);
    running.defer(subgraphs.stop);
    const issuer = await startIssuer();
    running.defer(issuer.stop);
    const own = await startOurs(subgraphs.operations, issuer.jwksUrl);
    running.defer(own.stop);
    const servers = { [ours]: own, ...(await startPeers(subgraphs.plain, running)) };
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
    const servers = { [ours]: system, ...(await startPeers(system.subgraphs, running)) };
    return await measure(callers, () => servers, progress);
  } finally {
    await running.disposeAsync();
  }
}

async function startPeers(subgraphs: SubgraphUrls, running: AsyncDisposableStack): Promise<Servers> {
  const servers: Record<string, Server> = {};
  const add = (name: string, server: Server) => {
    running.defer(server.stop);
    servers[name] = server;
  };
  add(stock, await startStock(subgraphs));
  for (const [index, mode] of hiveModes.entries()) add(hiveNames[index]!, await startHive(subgraphs, mode));
  return servers;
}

async function measure(
  callers: readonly Caller[],
  serversOf: (query: BenchQuery) => Servers,
  progress: Progress,
): Promise<Comparisons> {
  const comparisons = new Map<string, Comparison>();
  for (const query of queries) {
    const contenders = Object.entries(serversOf(query)).map(([name, { url }]) => contender(name, url, query, callers));
    const report = (message: string) => progress(`${query.name}: ${message}`);
    comparisons.set(
      query.name,
      await compare(contenders, { rounds, secondsEach, unit: 'requests/s', progress: report }),
    );
  }
  return comparisons;
}

/** @throws if a request fails. */
function contender(name: string, url: string, query: BenchQuery, callers: readonly Caller[]): Contender {
  // Numbers requests across rounds, since each idempotency key is used once.
  let sent = 0;
  return {
    name,
    rate: async (seconds) => {
      const first = sent;
      const requestOf = (connection: number) => {
        const { authorization, accountId } = callers[connection]!;
        const body = (nth: number) => query.body(first + nth, name, accountId(first + nth));
        return { url, authorization, body };
      };
      const { requests, failed, seconds: took } = await loadHttp(requestOf, { connections, seconds });
      sent += requests + connections;
      if (failed > 0) throw new Error(`${name}: ${failed} of ${requests} requests failed`);
      return requests / took;
    },
  };
}

function tablesOf(title: string, comparisons: Comparisons): Findings['tables'] {
  return [...comparisons].map(([query, { rows }]) => ({ title: `${title}: ${query}`, rows }));
}

function figuresOfApollo(comparisons: Comparisons): Figure[] {
  const before = 'before Apollo Server subgraphs';
  return [...comparisons].flatMap(([query, { ratio }]): Figure[] => [
    figure(`${before}, ${query}: to the stock gateway`, ratio(ours, stock), 6),
    figure(
      `${before}, ${query}: to the fastest of Hive Gateway`,
      Math.min(...hiveNames.map((name) => ratio(ours, name))),
      5,
    ),
    ...(query === oneSubgraph.name
      ? [figure(`${before}, ${query}: to that subgraph itself`, ratio(ours, direct), 1)]
      : []),
  ]);
}

function figuresOfLean(comparisons: Comparisons): Figure[] {
  return [...comparisons].map(([query, { ratio }]) =>
    figure(`before lean subgraphs, ${query}: to the stock gateway`, ratio(ours, stock), 8),
  );
}

/** To the stock gateway the subgraphs answer at `/graphql`, where graphql-js executes. */
function figuresOfOwn(comparisons: Comparisons): Figure[] {
  return [
    figure(
      'our own subgraphs, four subgraphs: to the same behind the stock gateway',
      comparisons.get('four subgraphs')!.ratio(ours, stock),
      2,
    ),
  ];
}

function figure(name: string, value: number, atLeast: number): Figure {
  return { name, value, unit: '×', goal: { atLeast } };
}
