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

type Progress = (what: string) => void;

const connections = 32;
const rounds = 3;
const secondsEach = 2;

/** Who asks over a connection, each another customer, and what their nth request is about. */
interface Caller {
  readonly authorization: string;
  readonly accountId: (nth: number) => string;
}

/** By what it is called in the tables. */
type Servers = Readonly<Record<string, Pick<Server, 'url'>>>;

/** By the name of the query. */
type Comparisons = ReadonlyMap<string, Comparison>;

const ours = 'our router';
const stock = 'Apollo Server with @apollo/gateway';
const direct = 'the subgraph, asked directly';
const hiveNames = hiveModes.map((mode) => `Hive Gateway, ${mode}`);

/**
 * Requests per second of our router beside the stock gateway and Hive Gateway: before subgraphs in memory, as Apollo
 * Server serves them and as this project does, and before our own subgraphs with their databases.
 */
export async function router(progress: Progress): Promise<Findings> {
  installHive();
  const apollo = await beforeMemory('apollo', progress);
  const lean = await beforeMemory('lean', progress);
  const own = await beforeOwn(progress);
  return {
    tables: [
      ...tablesOf('before subgraphs in memory, by Apollo Server', apollo),
      ...tablesOf('before subgraphs in memory, as this project serves them', lean),
      ...tablesOf('before our subgraphs with their databases', own),
    ],
    figures: [...figuresOfApollo(apollo), ...figuresOfLean(lean), ...figuresOfOwn(own)],
  };
}

async function beforeMemory(kind: 'apollo' | 'lean', progress: Progress): Promise<Comparisons> {
  const running = new AsyncDisposableStack();
  try {
    const subgraphs = await startMemorySubgraphs(kind);
    running.defer(subgraphs.stop);
    const issuer = await startIssuer();
    running.defer(issuer.stop);
    const mine = await startOurs(subgraphs.operations, issuer.jwksUrl);
    running.defer(mine.stop);
    const servers = { [ours]: mine, ...(await startPeers(subgraphs.plain, running)) };
    const callers = await Promise.all(
      Array.from({ length: connections }, async (_, number): Promise<Caller> => {
        const authorization = await issuer.authorization({ userId: `customer-${number}`, goodFor: '1h' });
        return { authorization, accountId: (nth) => `account-${nth}` };
      }),
    );
    const asked = { ...servers, [direct]: { url: subgraphs.plain.billing } };
    return await measure(callers, (query) => (query === oneSubgraph ? asked : servers), progress);
  } finally {
    await running.disposeAsync();
  }
}

async function beforeOwn(progress: Progress): Promise<Comparisons> {
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
  const keep = (name: string, server: Server) => {
    running.defer(server.stop);
    servers[name] = server;
  };
  keep(stock, await startStock(subgraphs));
  for (const [place, mode] of hiveModes.entries()) keep(hiveNames[place]!, await startHive(subgraphs, mode));
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
    const told = (what: string) => progress(`${query.name}: ${what}`);
    comparisons.set(query.name, await compare(contenders, { rounds, secondsEach, unit: 'requests/s', progress: told }));
  }
  return comparisons;
}

/** @throws where a request is not answered with data. */
function contender(name: string, url: string, query: BenchQuery, callers: readonly Caller[]): Contender {
  // Keys of mutations are used once, also over rounds.
  let asked = 0;
  return {
    name,
    rate: async (seconds) => {
      const first = asked;
      const requestOf = (connection: number) => {
        const { authorization, accountId } = callers[connection]!;
        const body = (nth: number) => query.body(first + nth, name, accountId(first + nth));
        return { url, authorization, body };
      };
      const { requests, failed, seconds: took } = await loadHttp(requestOf, { connections, seconds });
      asked += requests + connections;
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

/** Behind the stock gateway they are as they first were: Apollo Server, which executes with graphql-js. */
function figuresOfOwn(comparisons: Comparisons): Figure[] {
  return [
    figure(
      'our own subgraphs, four subgraphs: to the same behind the stock gateway',
      comparisons.get('four subgraphs')!.ratio(ours, stock),
      2,
    ),
  ];
}

function figure(what: string, value: number, atLeast: number): Figure {
  return { what, value, unit: '×', goal: { atLeast } };
}
