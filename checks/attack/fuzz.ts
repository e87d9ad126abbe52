import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { answerText } from './case.ts';
import { entities } from './cases/subgraphs.ts';
import type { Answer } from './client.ts';
import { identifiers, valuesOf } from './inputs.ts';
import { leakIn } from './leaks.ts';
import { operationsOf, type OperationsOptions, withOddAliases } from './operations.ts';
import { readSchema, targetsOf } from './targets.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { signedIn } from './customers.ts';
import { type World } from './world.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly world: World;
}

export interface FuzzResult {
  /** Number of requests by field, or by kind of request. */
  readonly requests: ReadonlyMap<string, number>;
  /** Number of answers by code; `done` counts answers without an error. */
  readonly answers: ReadonlyMap<string, number>;
  /** Each fault, with the smallest input that reproduces it. */
  readonly faults: readonly string[];
}

/** One random request. */
interface Attempt {
  readonly title: string;
  /** The request as text, to repeat it. */
  readonly input: string;
  /** Sends the request one or more times; all answers must be equal. */
  readonly request: () => Promise<readonly Answer[]>;
}

/**
 * Sends three kinds of random requests concurrently: mutations and fields with random argument values, documents of
 * random shape, and random entities to the subgraphs. Each kind stops at its first fault, or when the time is over.
 */
export async function fuzz({ seed, durationMs, world }: FuzzOptions): Promise<FuzzResult> {
  const requests = new Map<string, number>();
  const answers = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

  async function run(attempts: fc.Arbitrary<Attempt>): Promise<string | null> {
    const property = fc.asyncProperty(attempts, async ({ title, input, request }) => {
      const all = await request();
      count(requests, title);
      for (const { userErrors, codes } of all) count(answers, userErrors[0]?.code ?? codes[0] ?? 'done');
      const fault = all.map((answer) => faultIn(answer, input)).find((one) => one !== null) ?? differenceIn(all);
      if (fault !== null) throw new Error(`${fault}\n${input}\n${all.map(answerText).join('\n')}`);
    });
    const { errorInstance } = await fc.check(property, {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: durationMs,
      markInterruptAsFailure: false,
    });
    return errorInstance instanceof Error ? errorInstance.message : null;
  }

  const kinds = [
    valueAttempts(world),
    shapeAttempts(world),
    ...(world.subgraphs === null ? [] : [entityAttempts(world)]),
  ];
  const faults = await Promise.all(kinds.map(run));
  return { requests, answers, faults: faults.filter((fault) => fault !== null) };
}

/** Chosen less often: they are slow, and thousands of them would exhaust the login limit of this IP address. */
const passwordMutations = new Set(['register', 'login', 'changePassword', 'deleteUser']);

function valueAttempts(world: World): fc.Arbitrary<Attempt> {
  const tokenOf = signedIn(world, world.ada);
  const targets = targetsOf(readSchema()).map((target) => ({
    weight: passwordMutations.has(target.title) ? 1 : 8,
    arbitrary: fc.constant(target),
  }));
  return fc.oneof(...targets).chain(({ title, query, args }) =>
    fc.record(Object.fromEntries(args.map(({ name, type }) => [name, valuesOf(type, world)]))).map((variables) => ({
      title,
      input: `${query}\n${JSON.stringify(variables)}`,
      request: async () => [await world.request(query, { variables, token: await tokenOf() })],
    })),
  );
}

/**
 * Sends each document twice (the second request uses the cached plan), and once more with aliases that are not names of
 * fields. It reads data of Olga, which nothing changes, so the three answers must be equal.
 */
function shapeAttempts(world: World): fc.Arbitrary<Attempt> {
  const tokenOf = signedIn(world, world.olga);
  const { olga } = world;
  const options: OperationsOptions = {
    mutations: false,
    variables: {
      first: [
        { type: 'Int', values: [1, 2, 20] },
        { type: 'Int! = 2', values: [undefined, 1] },
        { type: 'Int = 2', values: [undefined, 1] },
      ],
      id: [
        { type: 'ID!', values: Object.values(olga.accounts) },
        { type: `ID! = "${olga.accounts['USD']}"`, values: [undefined, ...Object.values(olga.accounts)] },
        { type: `ID = "${olga.accounts['USD']}"`, values: [undefined, null, ...Object.values(olga.accounts)] },
      ],
    },
    argument: ({ name, type }, alias) => {
      if (name === 'id') return alias === 'one' ? JSON.stringify(olga.id) : '$id';
      if (name === 'first') return alias === '' ? '$first' : '3';
      return String(type) === 'Currency!' ? { '': 'USD', one: 'EUR', two: 'CNY' }[alias] : null;
    },
  };
  return operationsOf(readSchema(), options).map(({ source, plainSource, variables }) => ({
    title: 'a document',
    input: `${source}\n${JSON.stringify(variables)}`,
    request: async () => {
      const token = await tokenOf();
      const first = await world.request(source, { variables, token });
      const second = await world.request(source, { variables, token });
      return [first, second, withOddAliases(await world.request(plainSource, { variables, token }))];
    },
  }));
}

/** Requests to a subgraph that bypass the router: for own entities, for entities of other customers, and for nonsense. */
function entityAttempts(world: World): fc.Arbitrary<Attempt> {
  const entityFields = subgraphNames.flatMap((name) =>
    (entities[name] ?? []).map(([type, , selection]) => ({ name, type, selection })),
  );
  const tokens = fc.constantFrom(world.ada.token, world.eve.token, undefined, 'bad');
  return fc.constantFrom(...entityFields).chain(({ name, type, selection }) => {
    const reference = fc.record({ __typename: fc.constant(type), id: identifiers(world) });
    const of = fc.array(
      fc.oneof({ weight: 30, arbitrary: reference }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }),
      { maxLength: 4 },
    );
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { id ${selection} } } }`;
    return fc.tuple(of, tokens).map(([representations, token]) => ({
      title: `${type} of ${name}`,
      input: `${query}\n${JSON.stringify(representations)}`,
      request: async () => [
        await world.subgraphs![name].requestAsRouter(query, { variables: { of: representations }, token }),
      ],
    }));
  });
}

function faultIn(answer: Answer, input: string): string | null {
  if (answer.status >= 500) return `status ${answer.status}`;
  const broken = answer.codes.find((code) => ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'none'].includes(code));
  if (broken !== undefined) return `an error with the code ${broken}`;
  const leak = leakIn(answer.text, input);
  return leak === null ? null : `the answer shows ${leak}`;
}

/** Compares the answers, unless one of them was rate limited or timed out. */
function differenceIn(answers: readonly Answer[]): string | null {
  if (answers.some(({ codes }) => codes.some((code) => code === 'RATE_LIMITED' || code === 'SUBGRAPH_TIMEOUT'))) {
    return null;
  }
  const [first, ...others] = answers.map(({ data, codes }) => [data, codes.toSorted()]);
  return others.every((other) => isDeepStrictEqual(other, first))
    ? null
    : 'the answer differs the second time, or with other aliases';
}
