import { registerCustomer } from '#test/customer.ts';
import { routes } from '#router/rest/routes.ts';
import { apiPath } from '#router/rest/route.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import { type Comparison, type Contender, compare } from './compare.ts';
import type { Figure, Findings } from './report.ts';
import type { LoadRequest } from './router/http-load.ts';
import { httpContender } from './router/peers.ts';

const connections = 16;
const rounds = 15;
const secondsEach = 2;
/** REST within a tenth of the same operation by GraphQL, in requests per second and in the router's processor time. */
const tenth = 0.1;

/** The customer of one connection. */
interface Caller {
  readonly authorization: string;
  readonly accountId: string;
}

/** A request of REST, and the same operation by GraphQL. */
interface Operation {
  /** The route in the table of routes, whose document GraphQL sends. */
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly variables: (caller: Caller, key: string) => Readonly<Record<string, unknown>>;
  /** Unless it is the route's path. */
  readonly pathOf?: (caller: Caller) => string;
}

const operations: readonly Operation[] = [
  { method: 'GET', path: '/accounts', variables: () => ({}) },
  {
    method: 'GET',
    path: '/transactions',
    variables: () => ({ first: 5 }),
    pathOf: () => '/transactions?first=5',
  },
  {
    method: 'POST',
    path: '/deposits',
    variables: ({ accountId }, idempotencyKey) => ({
      accountId,
      amount: { amount: '0.01', currency: 'USD' },
      idempotencyKey,
    }),
  },
];

/** Compares routes of REST with the same operations by GraphQL, in turn, against the product's own subgraphs. */
export async function rest(progress: (message: string) => void): Promise<Findings> {
  const system = await startOwnSystem(8000, { ACCESS_TOKEN_TTL_S: '3600', CUSTOMER_COST_PER_MINUTE: '1000000000' });
  try {
    const callers: Caller[] = [];
    for (let number = 0; number < connections; number += 1) {
      const customer = await registerCustomer(system.url);
      for (let count = 0; count < 5; count += 1) await customer.deposit('1.00');
      callers.push({ authorization: `Bearer ${customer.token}`, accountId: (await customer.account('USD')).id });
    }
    const findings = { tables: [] as Findings['tables'][number][], figures: [] as Figure[] };
    for (const operation of operations) {
      const name = `${operation.method} ${operation.path}`;
      const report = (message: string) => progress(`${name}: ${message}`);
      const contenders = contendersOf(system, operation, callers);
      const comparison = await compare(contenders, { rounds, secondsEach, unit: 'requests/s', progress: report });
      findings.tables.push({ title: name, rows: comparison.rows });
      findings.figures.push(...figuresOf(name, comparison));
    }
    return findings;
  } finally {
    await system.stop();
  }
}

const overGraphql = 'GraphQL';
const overRest = 'REST';

function contendersOf(system: OwnSystem, operation: Operation, callers: readonly Caller[]): Contender[] {
  const contender = (name: string, requestOf: (caller: Caller, run: string) => LoadRequest) =>
    httpContender(name, system.pidOf('router'), connections, (connection, first) =>
      requestOf(callers[connection]!, `${name} ${first}`),
    );
  return [
    contender(overGraphql, (caller, run) => graphqlRequest(system, operation, caller, run)),
    contender(overRest, (caller, run) => restRequest(system, operation, caller, run)),
  ];
}

function graphqlRequest(system: OwnSystem, operation: Operation, caller: Caller, run: string): LoadRequest {
  const { document: query } = routes.find(
    ({ method, path }) => method === operation.method && path === operation.path,
  )!;
  const body = (nth: number) => JSON.stringify({ query, variables: operation.variables(caller, `${run} ${nth}`) });
  return { url: system.url, authorization: caller.authorization, body };
}

function restRequest(system: OwnSystem, operation: Operation, caller: Caller, run: string): LoadRequest {
  const { method, path, pathOf = () => path, variables } = operation;
  const { idempotencyKey: _key, ...members } = variables(caller, '');
  const body = method === 'GET' ? '' : JSON.stringify(members);
  const target = { method, path: () => `${apiPath}${pathOf(caller)}` };
  const headers = (nth: number) => (method === 'GET' ? '' : `idempotency-key: ${run} ${nth}\r\n`);
  return { url: system.url, authorization: caller.authorization, body: () => body, target, headers };
}

function figuresOf(name: string, { ratios, timesCheaper }: Comparison): Figure[] {
  const requests = ratios(overRest, overGraphql);
  // Only Linux tells the processor time.
  const time = timesCheaper(overGraphql, overRest);
  return [
    {
      name: `${name}: requests/s by REST to GraphQL`,
      value: requests.median,
      rounds: requests.rounds,
      unit: '×',
      goal: { atLeast: 1 - tenth },
    },
    ...(time === null
      ? []
      : [
          {
            name: `${name}: processor time by REST to GraphQL`,
            value: time.median,
            rounds: time.rounds,
            unit: '×',
            goal: { atMost: 1 + tenth },
          },
        ]),
  ];
}
